"""Starts AWS's runtime interface client with the search path that Lambda gives it: code, layers, then Python's own."""

import os
import site
import sys

from awslambdaric.__main__ import main

task, opt = os.environ["LAMBDA_TASK_ROOT"], os.environ["OPT"]
layers = [] if "PYTHONPATH" in os.environ else [
    os.path.join(opt, "python/lib/python%d.%d/site-packages" % sys.version_info[:2]),
    os.path.join(opt, "python"),
]
# The folder of this script is in Lambda that of the runtime.
sys.path[0:1] = [task, *layers]
for folder in [task, *layers]:
    site.addsitedir(folder)
main([task, os.environ["_HANDLER"]])
