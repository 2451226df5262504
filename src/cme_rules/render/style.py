"""The looks of whatever is written as HTML: legible, printable, and never a meaning by colour alone."""

__all__ = ["STYLE"]

STYLE = """
.cme-rules{color:#0b0c0c;background:#fff;font:16px/1.45 "Helvetica Neue",Arial,"Liberation Sans",sans-serif}
.cme-rules h1,.cme-rules h2,.cme-rules h3,.cme-rules h4{line-height:1.2;margin:1.2em 0 .4em;padding:0;color:#0b0c0c}
.cme-rules p,.cme-rules ul{margin:.5em 0;max-width:44em}
.cme-rules ul{padding-left:1.4em;list-style:disc}
.cme-rules table{border-collapse:collapse;margin:.8em 0;color:#0b0c0c;background:#fff}
.cme-rules caption{text-align:left;font-weight:700;padding:.3em 0;color:#0b0c0c;caption-side:top}
.cme-rules th,.cme-rules td{border-bottom:1px solid #b1b4b6;padding:.35em .7em .35em 0;text-align:left;
 vertical-align:top;background:#fff;max-width:34em;white-space:normal}
.cme-rules thead th{border-bottom:2px solid #0b0c0c}
.cme-rules tbody th{font-weight:600}
.cme-rules td.yes{font-weight:700}
.cme-rules td.no{color:#383f43}
.cme-rules td.unknown{font-style:italic;border-left:4px dashed #0b0c0c;padding-left:.5em}
.cme-rules .wide,.cme-rules .picture{overflow-x:auto;max-width:100%}
.cme-rules svg{max-width:100%;height:auto;background:#fff}
.cme-rules svg[data-rows]{max-width:none}
.cme-rules a{color:#1d70b8}
.cme-rules :focus-visible{outline:3px solid #ffdd00;outline-offset:0;box-shadow:0 0 0 5px #0b0c0c}
.cme-rules details{margin:.4em 0}
.cme-rules summary{cursor:pointer;text-decoration:underline}
.cme-rules code{font-size:.92em;overflow-wrap:anywhere}
.cme-rules .pieces{display:none}
@page cme-across{size:A4 landscape;margin:10mm}
@media print{.cme-rules .pieces{display:block}
 .cme-rules .pieces.broad,.cme-rules article:has(.pieces.broad){page:cme-across}
 .cme-rules .pieces svg{display:block;width:100%;height:auto;break-inside:avoid}
 .cme-rules .screen{position:absolute;width:0;height:0;overflow:hidden!important}
 .cme-rules .wide,.cme-rules .picture{overflow:visible}
 .cme-rules svg,.cme-rules svg[data-rows]{max-width:100%;height:auto}
 .cme-rules tr{break-inside:avoid}.cme-rules h1,.cme-rules h2,.cme-rules h3,.cme-rules h4{break-after:avoid}
.cme-rules thead{display:table-header-group}}
"""
