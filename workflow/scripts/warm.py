"""The warm process of a build: ``warm.py <open socket> <its path> <file of the library>...``."""

import socket
import sys
from pathlib import Path

from proofsheet.jobs.warm import serve

serve(socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2]), sys.argv[3:])
