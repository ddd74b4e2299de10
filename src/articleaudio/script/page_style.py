"""The look of the script's page: one style sheet, light and dark, wide and narrow, on screen and on paper."""

CSS = """
:root{color-scheme:light dark;--ink:#1d1f23;--soft:#646a73;--paper:#fbfaf8;--card:#fff;--line:#e4e1db;--blue:#1f5fbf;
--bluebg:#e8f0fc;--green:#1d7a46;--greenbg:#e5f5eb;--violet:#7040b5;--violetbg:#f1eafb;--red:#b3261e;--redbg:#fdeceb}
@media (prefers-color-scheme:dark){:root{--ink:#e9e7e3;--soft:#9aa0a8;--paper:#16181b;--card:#1e2125;--line:#33373d;
--blue:#8ab4f8;--bluebg:#1d2b44;--green:#81d6a3;--greenbg:#163325;--violet:#c9a8f5;--violetbg:#2d2240;--red:#ff9a92;
--redbg:#45201d}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:2.5rem 1.5rem 4rem;background:var(--paper);color:var(--ink);
font:1.0625rem/1.65 Georgia,"Times New Roman","Noto Serif",serif;overflow-wrap:anywhere}
header{margin:0 0 2rem}
.kicker,.facts,.role,.head,.notes,small,.reason,.rules,h2{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",
sans-serif}
.kicker{margin:0;color:var(--soft);font-size:.8rem;letter-spacing:.12em;text-transform:uppercase}
h1{margin:.2rem 0 .5rem;font-size:2rem;line-height:1.2;text-wrap:balance}
h2{margin:0 0 .75rem;font-size:1rem}
.facts{margin:0;color:var(--soft);font-size:.9rem}
b.doubt{color:var(--red)}
main{background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
.row{display:grid;grid-template-columns:6.5rem 1fr 1fr;gap:.25rem 1.5rem;padding:.7rem 1.25rem;
border-top:1px solid var(--line)}
.row:target{box-shadow:inset .25rem 0 var(--blue)}
.row.head{border:0;padding-block:.6rem;background:var(--paper);color:var(--soft);font-size:.8rem;font-weight:600}
.row p{margin:0}
.row.headline p,.row.heading p{font-weight:700}
.row.flagged{background:var(--redbg)}
.role{color:var(--soft);font-size:.75rem;line-height:1.5;padding-top:.2rem}
.role a{color:inherit;text-decoration:none;opacity:.65}
.role a:hover,.role a:focus-visible{text-decoration:underline;opacity:1}
.spoken.same{color:var(--soft)}
.reading{--c:var(--blue);--b:var(--bluebg);border-radius:.25rem;background:var(--b);color:var(--c);
padding:.05em .25em;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.letters{--c:var(--violet);--b:var(--violetbg)}
.phonemes,.lexicon{--c:var(--green);--b:var(--greenbg)}
.pause{--c:var(--soft);--b:transparent}
.reading.doubt{--c:var(--red);--b:var(--redbg);outline:1px dashed var(--red)}
.written .reading{background:none;padding:0;color:inherit;text-decoration:underline 2px var(--c);
text-underline-offset:.2em}
.written .reading.doubt{outline:0;text-decoration-style:wavy}
.written .reading.pause{text-decoration:none}
.written .reading.silent{color:var(--soft);text-decoration:line-through 1px}
small{margin-left:.35em;font-size:.68rem;opacity:.8;white-space:nowrap}
code{font:.85em ui-monospace,Menlo,Consolas,monospace}
i.pause{margin:0 .3em;color:var(--soft);font-style:normal;font-weight:400}
.row.note{border-left:.25rem solid var(--violet);padding-left:1rem}
.row.left{grid-template-columns:6.5rem 1fr;padding-block:.5rem;background:var(--paper);color:var(--soft);
font-size:.9rem;line-height:1.5}
.pieces{margin:0;padding:0;list-style:none}
.pieces li{display:grid;grid-template-columns:6.5rem 1fr;gap:.75rem;padding:.15rem 0}
del{text-decoration:line-through 1px color-mix(in srgb,currentColor 55%,transparent)}
summary{cursor:pointer;font:600 .8rem/1.7 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
summary:hover,summary:focus-visible{color:var(--ink)}
.reasons{margin-left:.5em;font-weight:400}
details[open] .pieces{margin-top:.35rem}
.notes{grid-column:2/-1;margin:.25rem 0 0;padding-left:1.1rem;color:var(--red);font-size:.85rem}
.tongues{grid-column:2/-1;display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.15rem 0 0;padding:0;list-style:none;
color:var(--soft);font-size:.85rem}
.tongues b{font-size:.75rem}
aside{margin-top:2.5rem}
aside ul{margin:0;padding:0;list-style:none}
.rules ul{display:flex;flex-wrap:wrap;gap:.4rem;font-size:.8rem}
.rules li{padding:.1rem .6rem;border:1px solid var(--line);border-radius:1rem;color:var(--soft)}
.rules b{color:var(--ink);font-weight:600}
.dropped .pieces{color:var(--soft);font-size:.9rem;line-height:1.5}
.reason{padding-top:.15rem;font-size:.75rem;font-weight:600}
@media (max-width:46rem){body{padding:1.25rem .75rem 3rem}.row{grid-template-columns:1fr;padding:.7rem .9rem}
.row.left,.pieces li{grid-template-columns:1fr;gap:0}
.pieces li{padding:.3rem 0}.row.head{display:none}.role br{display:none}.role a{margin-left:.5em}
.notes,.tongues{grid-column:1}
.spoken{padding-left:.75rem;border-left:3px solid var(--line)}}
@media print{body{padding:0;max-width:none;font-size:10pt}main{border:0}.row{break-inside:avoid}}
"""
"""The style sheet; nothing in it comes from an article."""
