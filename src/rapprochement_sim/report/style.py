"""How the report looks: light, dark and on paper. Colours of Okabe and Ito, never alone."""

STYLE = """
:root { color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1a1a1a; --faint: #565b61; --edge: #cfcabd; --panel: #f2efe7;
  --line-1: #0072b2; --line-2: #b84e00; --line-3: #00704f; --line-4: #8f3f70; --line-5: #5c5c00;
  --good: #00664a; --bad: #a84300; --bar: #9cc7e2; --own: #00527f; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #14161a; --ink: #e6e6e6; --faint: #a5adba; --edge: #474e5c; --panel: #20242b;
  --line-1: #56b4e9; --line-2: #ff9d52; --line-3: #3ccb9f; --line-4: #e49bc0; --line-5: #e3d64a;
  --good: #3ccb9f; --bad: #ff9d52; --bar: #2f5c78; --own: #7cc8f2; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.25rem clamp(1rem, 4vw, 2.5rem) 3rem; max-width: 68rem;
  background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.5rem 0 .5rem; padding-top: .75rem;
  border-top: 2px solid var(--edge); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
p { margin: .4rem 0 .8rem; max-width: 46rem; }
a { color: var(--own); }
.faint, caption, figcaption { color: var(--faint); font-size: .9rem; }
.lead { font-size: 1.1rem; font-weight: 600; }
nav ul { list-style: none; padding: 0; margin: 1rem 0; display: flex; flex-wrap: wrap;
  gap: .25rem 1.1rem; }
nav li { margin: 0; }
ul { padding-left: 1.2rem; margin: .4rem 0 .8rem; }
li { margin: .2rem 0; max-width: 46rem; }
.plain { list-style: none; padding-left: 0; }
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
.scroll:focus-visible { outline: 2px solid var(--own); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
table.full, table.cards { width: 100%; }
caption { text-align: left; padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0;
  border-bottom: 1px solid var(--edge); font-weight: 400; }
thead th { color: var(--faint); font-size: .85rem; border-bottom-width: 2px;
  vertical-align: bottom; }
th.number, td.number { text-align: right; white-space: nowrap; padding: .25rem .45rem; }
th.number:last-child, td.number:last-child { padding-right: .1rem; }
tbody th { min-width: 8.5rem; }
table.sources :is(th, td):nth-child(-n+2) { width: 20%; }
table.sources :is(th, td):nth-child(3) { width: 15%; }
@media screen and (max-width: 34rem) {
  table { font-size: .85rem; } tbody th { min-width: 7.5rem; }
  table.cards thead { position: absolute; clip-path: inset(50%); }
  table.cards, table.cards tbody, table.cards tr, table.cards caption { display: block; }
  table.cards tr { padding: .5rem 0; border-bottom: 1px solid var(--edge); }
  table.cards th, table.cards td { display: inline-block; border: 0; padding: 0 .9rem 0 0;
    text-align: left; white-space: normal; }
  table.cards tbody th { display: block; font-size: .95rem; }
  table.cards td:empty { display: none; }
  table.cards td::before { content: attr(data-label) ": "; color: var(--faint); }
}
table.turns tbody th { white-space: nowrap; min-width: 0; }
tr.played th, tr.played td { font-weight: 600; }
.charts { display: grid; gap: 1rem 2rem; margin: .75rem 0 1.25rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); }
figure { margin: 0; max-width: 40rem; break-inside: avoid; }
figcaption { margin: .2rem 0 0; }
figure h4 { margin: 0 0 .2rem; font-size: .98rem; }
svg { display: block; width: 100%; height: auto; font: 12px system-ui, sans-serif;
  fill: var(--ink); }
svg .grid { stroke: var(--edge); stroke-width: 1; }
svg .tick { fill: var(--faint); }
svg .zero { stroke: var(--faint); stroke-width: 1.2; }
svg .line { fill: none; stroke-width: 2.2; }
svg .band { stroke: none; opacity: .16; }
svg .s1 { stroke: var(--line-1); color: var(--line-1); }
svg .s2 { stroke: var(--line-2); color: var(--line-2); }
svg .s3 { stroke: var(--line-3); color: var(--line-3); }
svg .s4 { stroke: var(--line-4); color: var(--line-4); }
svg .s5 { stroke: var(--line-5); color: var(--line-5); }
svg .mark { fill: currentColor; stroke: none; }
svg .open { fill: var(--paper); stroke-width: 1.8; }
svg .name { fill: currentColor; stroke: none; font-weight: 700; }
svg .bar { fill: var(--bar); }
svg .here { stroke: var(--ink); stroke-width: 2.2; }
svg .halo, svg .strong { paint-order: stroke; stroke: var(--paper); stroke-width: 4px;
  stroke-linejoin: round; }
svg .strong { font-weight: 700; }
.story { break-inside: avoid-page; }
.mark-word { color: var(--faint); }
details { margin: .5rem 0 1rem; }
summary { cursor: pointer; color: var(--own); }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --faint: #444; --edge: #bbb;
    --panel: #fff; --line-1: #0072b2; --line-2: #b84e00; --line-3: #00704f; --line-4: #8f3f70;
    --line-5: #5c5c00; --good: #00664a; --bad: #a84300; --bar: #9cc7e2; --own: #00527f; }
  html { font-size: 9pt; }
  body { max-width: none; padding: 0; }
  nav, .screen { display: none; }
  h2 { margin-top: 1.4rem; } h2, h3, h4, caption { break-after: avoid; }
  tr, li, figure { break-inside: avoid; }
  table:not([class]) { break-inside: avoid; }
  tbody tr:nth-child(-n+3), tbody tr:nth-last-child(-n+2) { break-before: avoid; }
  table.sources tr { break-inside: auto; }
  p.faint { break-after: avoid; }
  .scroll { overflow: visible; }
  th.number, td.number { padding: .15rem .3rem; }
  .charts { grid-template-columns: 1fr 1fr; gap: .5rem 1.2rem; }
  a { color: inherit; text-decoration: none; }
}
"""
