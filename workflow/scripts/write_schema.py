"""Write ``config/schema/``: run it where a declaration has a new key or description."""

from pathlib import Path

from proofsheet.declare.schema import schemas
from proofsheet.files import write_json

for name, schema in schemas().items():
    write_json(Path("config", "schema", name), schema)
