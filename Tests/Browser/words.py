"""What Klartext says in one language, out of the files that it reads itself: journeys follow the words, whatever they become."""

import json

from desk import ROOT


class Words:
    def __init__(self, language):
        self.language = language
        self._texts = json.loads((ROOT / "Locales" / f"{language}.json").read_text())

    def __call__(self, key, **values):
        """The text of a dotted key with its placeholders filled; `count` also chooses between one and many."""
        keys = key.split(".")
        if "count" in values:
            keys[-1] += "_one" if values["count"] == 1 else "_other"
        text = self._texts
        for part in keys:
            text = text[part]
        for name, value in values.items():
            text = text.replace("{{" + name + "}}", str(value))
        return text
