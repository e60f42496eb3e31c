"""The rules for styles as they stand in a card: those of the hierarchy, for the outputs of the networks in a bundle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from genre_desktop.model.genre_hierarchy import GenreHierarchy


def style_rules(
    hierarchy: GenreHierarchy, tag_names: Sequence[str], class_names: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """What ``card.json`` has under ``styles``: see `genre_desktop.model.bundles.style_set.StyleSet`.

    Parameters
    ----------
    hierarchy : GenreHierarchy
    tag_names : sequence of str
        Tags of the Million Song Dataset whose logits are the first features of the bundle, as MSD_musicnn spells them.
    class_names : sequence of str
        Classes of AudioSet whose logits follow them, as YAMNet spells them; empty where the bundle has none.

    Returns
    -------
    list of dict
        Without the styles that are left out, and without those that need outputs of a network that is not there.

    Raises
    ------
    ValueError
        Where a style is heard by an output that a network does not have.
    """
    columns = {("msd", name): number for number, name in enumerate(tag_names)}
    columns |= {("audioset", name): len(tag_names) + number for number, name in enumerate(class_names)}
    present = {source for source, _ in columns}
    rules = []
    for style in hierarchy.styles.values():
        needed = {output for group in style.heard_by for output in group}
        if not needed or not {source for source, _ in needed} <= present:
            continue
        if missing := sorted(name for source, name in needed if (source, name) not in columns):
            raise ValueError(f"{style.name} is heard by {', '.join(missing)}, which no network has")
        groups = [[columns[output] for output in group] for group in style.heard_by]
        rules.append({"name": style.name, "genre": style.genre, "columns": groups, "threshold": style.threshold})
    return rules
