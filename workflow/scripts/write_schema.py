"""Write ``config/schema/``: run it where a declaration has a new key or description.

``write_schema.py [folder]``
"""

import sys
from pathlib import Path

from proofsheet.declare.strict import Strict

# Inherited by the classes that are made from here on.
Strict.model_config["use_attribute_docstrings"] = True

from proofsheet.declare.schema import schemas
from proofsheet.files import write_json

folder = Path(sys.argv[1] if sys.argv[1:] else "config/schema")
for name, schema in schemas().items():
    write_json(folder / name, schema)
