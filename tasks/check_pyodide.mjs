// Run the command line in a browser's Python (Pyodide, in Node) and print what it prints.
//
//   node tasks/check_pyodide.mjs <pyodide's folder> <a folder of installed packages> <a folder with the input> <arguments …>
//
// `nox -s pyodide` compares that with what the same command prints in an ordinary Python.

import { pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const [engine, packages, input, ...words] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(resolve(engine), "pyodide.mjs")));
const python = await loadPyodide({ args: [] });
for (const [place, root] of [["/packages", packages], ["/input", input]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: resolve(root) }, place);
}
python.globals.set("words", python.toPy(words));
process.exitCode = await python.runPythonAsync(`
import os, sys
sys.path.insert(0, "/packages")
os.chdir("/input")
sys.argv = ["cme-rules", *words]
from cme_rules.cli import main
try:
    main()
    status = 0
except SystemExit as end:
    status = end.code or 0
status
`);
