"""A colour and its newer twin: Google keeps `xColor` and `xColorStyle` as one, and answers both."""

from typing import Final, Optional

from sheets_sync.embedded.errors import JSON

# A field mask, as fields.py makes it.
Mask = dict[str, Optional["Mask"]]

WHITE: Final[JSON] = {"red": 1, "green": 1, "blue": 1}
THEME_COLORS: Final[dict[str, JSON]] = {
    "TEXT": {},
    "BACKGROUND": WHITE,
    "ACCENT1": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275},
    "ACCENT2": {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314},
    "ACCENT3": {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275},
    "ACCENT4": {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902},
    "ACCENT5": {"red": 1, "green": 0.42745098, "blue": 0.003921569},
    "ACCENT6": {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706},
    "LINK": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8},
}


def twins(properties: JSON) -> list[str]:
    """The names of a schema's colours that have a style beside them."""
    return [name for name in properties if f"{name}Style" in properties and properties[name].get("$ref") == "Color"]


def pair(found: JSON, names: list[str]) -> None:
    """Give each of a pair the other's value; the style wins where both are given, as Google says it does."""
    for name in names:
        style = found.get(f"{name}Style")
        if style is not None:
            theme = THEME_COLORS.get(style.get("themeColor", ""), {})
            found[name] = dict(style.get("rgbColor", theme))
        elif name in found:
            found[f"{name}Style"] = {"rgbColor": dict(found[name])}


def pair_mask(mask: Mask, names: list[str]) -> None:
    """Name both of a pair in a field mask that names one."""
    for name in names:
        style = mask.get(f"{name}Style", {})
        if f"{name}Style" in mask:
            mask[name] = style.get("rgbColor") if style else None
        elif name in mask:
            mask[f"{name}Style"] = {"rgbColor": mask[name]}
