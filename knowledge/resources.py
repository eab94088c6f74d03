"""Resources: what stands beside the modules as YAML, such as words in each language."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def resource(package: str, name: str) -> Any:  # noqa: ANN401  (whatever stands there)
    """What a YAML file of a package says."""
    return yaml.safe_load(files(package).joinpath(f"{name}.yaml").read_text("utf-8"))
