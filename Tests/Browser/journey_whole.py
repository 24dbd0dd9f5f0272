"""After everything else."""

from journeys import journey


@journey("what is stored is whole after all of that")
def whole(stage):
    for desk in stage.started():
        # ends with 1 and names the law when one is broken
        desk.run("check")
