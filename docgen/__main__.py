"""`python -m docgen` writes the parts of the documentation that are made; read them before you commit them."""

from __future__ import annotations

from docgen.made import write
from docgen.page import ROOT
from docgen.sessions import with_output_anew

write()
readme = ROOT / "README.md"
readme.write_text(with_output_anew(readme.read_text(encoding="utf-8")), encoding="utf-8")
