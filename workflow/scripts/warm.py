"""The warm process of a build: ``warm.py <open socket> <file of the library>...``."""

import socket
import sys

from proofsheet.jobs.warm import serve

serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
