"""Runs the browser journeys: `run.py [FILTER]`. Called by bin/browser, which sees to Chromium, packages and build.

Both languages run side by side, each with a Chromium, a mail server and a Klartext of its own. FILTER is a part of a
journey's sentence or its language in brackets, "(de)". Ends with `N passed, N failed`.
"""

import concurrent.futures
import contextlib
import importlib
import multiprocessing
import pathlib
import sys
import time
import traceback

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("de", "en")


def load():
    for path in sorted(HERE.glob("journey_*.py")):
        importlib.import_module(path.stem)


def tour(language, wanted):
    """All journeys of one language, in order. Returns how many passed and how many failed."""
    load()
    from journeys import ALL, Stage
    passed = failed = 0
    with contextlib.ExitStack() as exits:
        stage = Stage(language, exits)
        for sentence, function in ALL:
            name = f"{sentence} ({language})"
            if wanted not in name:
                continue
            start = time.monotonic()
            try:
                function(stage)
                passed += 1
                print(f"ok    {name}, {time.monotonic() - start:.1f} s", flush=True)
            except Exception as error:
                failed += 1
                print(f"FAIL  {name}, {time.monotonic() - start:.1f} s\n{told(error, stage)}", flush=True)
    return passed, failed


def told(error, stage):
    """What went wrong: our own lines that led there, the error, and what Klartext had to say."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if pathlib.Path(frame.filename).parent == HERE]
    where = "\n".join(f"      {pathlib.Path(frame.filename).name}:{frame.lineno}: {frame.line}" for frame in frames[1:])
    logs = "".join(f"      klartext said: {line}\n" for desk in stage.started() for line in desk.log.splitlines()[-20:])
    return f"{where}\n      {type(error).__name__}: {error}\n{logs}"


def main(arguments):
    wanted = arguments[0] if arguments else ""
    start = time.monotonic()
    # spawned, not forked: a browser's connection must not be shared
    with concurrent.futures.ProcessPoolExecutor(len(LANGUAGES), multiprocessing.get_context("spawn")) as pool:
        counts = list(pool.map(tour, LANGUAGES, [wanted] * len(LANGUAGES)))
    passed, failed = (sum(numbers) for numbers in zip(*counts))
    if passed + failed == 0:
        print(f"No journey matches {wanted}.")
    print(f"{time.monotonic() - start:.0f} s", flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
