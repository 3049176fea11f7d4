package report

// style is the page's look: one column on a phone, light or dark as the reader
// has it. Colours have a contrast of 4.5 to 1 and more, and no line is told
// apart by colour alone.
const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #57606a; --rule: #d8dee4; --raised: #f6f8fa;
  --trained: #0b57c4; --held: #b34700; --steps: #8ab4f0; --bad: #b42318; --share: #0b57c4; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171b; --ink: #e6e9ed; --soft: #a0a9b4; --rule: #353b43; --raised: #1c2127;
    --trained: #7fb0ff; --held: #ffa464; --steps: #3f6499; --bad: #ff8a80; --share: #4f8df5; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 2.5rem) 4rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.5rem 0 .8rem; padding-top: .6rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
p { margin: .2rem 0; max-width: 46rem; overflow-wrap: anywhere; }
a { color: var(--trained); }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; top: .3rem; background: var(--paper); padding: .3rem; }
.kind, .made, figcaption, .soft { color: var(--soft); font-size: .875rem; }
.outcome { font-weight: 600; } .trouble { color: var(--bad); }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; padding: 0; margin: .8rem 0 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .7rem; margin: 0; }
.tiles div { background: var(--raised); border: 1px solid var(--rule); border-radius: .5rem; padding: .6rem .8rem; }
.tiles dt { color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
.tiles dd { margin: 0; } .tiles strong { display: block; font-size: 1.35rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.tiles span { color: var(--soft); font-size: .8rem; }
.notes { color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.2rem; }
figure { margin: 0; } .charts svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
svg .grid { stroke: var(--rule); fill: none; } svg .axis { stroke: var(--soft); fill: none; }
svg .kept { stroke: var(--soft); stroke-dasharray: 2 3; fill: none; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.trained { stroke: var(--trained); } .line.held { stroke: var(--held); stroke-dasharray: 6 4; } .line.steps { stroke: var(--steps); stroke-width: 1; }
.dot.trained { fill: var(--trained); } .dot.held { fill: var(--held); } .dot.steps { fill: var(--steps); }
.legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; list-style: none; padding: 0; margin: 0; font-size: .875rem; }
.legend svg { width: 1.8rem; height: .6rem; display: inline-block; margin-right: .3rem; }
.bars { fill: var(--trained); } .bars.held { fill: var(--held); }
.scroll { overflow-x: auto; max-width: 100%; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { font-weight: 500; color: var(--soft); }
.num td, .num thead th { text-align: right; overflow-wrap: normal; } .num thead th:first-child { text-align: left; }
.confusion td { position: relative; text-align: right; min-width: 2.2rem; z-index: 0; }
.confusion td::before { content: ""; position: absolute; inset: 1px; z-index: -1; background: var(--share); opacity: var(--s, 0); border-radius: 2px; }
.confusion td.miss::before { background: var(--held); } .confusion td.none { color: var(--soft); }
.classes { display: flex; flex-wrap: wrap; gap: 1.5rem 2.5rem; margin-bottom: 1.5rem; } .classes > * { min-width: 0; }
.tensors { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
.tensors article { border: 1px solid var(--rule); border-radius: .5rem; padding: .7rem .8rem; content-visibility: auto; contain-intrinsic-size: auto 20rem; }
.tensors figure + figure { margin-top: .6rem; } .tensors svg { width: 100%; height: auto; display: block; }
.facts { display: flex; flex-wrap: wrap; gap: 1.5rem 3rem; align-items: start; } .facts > * { max-width: 100%; }
.diagram div { overflow-x: auto; border: 1px solid var(--rule); border-radius: .5rem; padding: .8rem; } .diagram svg { max-width: 100%; height: auto; display: block; margin: auto; }
.diagram svg text { fill: var(--ink); } .diagram svg .type { fill: var(--soft); }
details { margin-top: .8rem; } summary { cursor: pointer; }
pre { overflow: auto; max-height: 40rem; background: var(--raised); border: 1px solid var(--rule); border-radius: .5rem; padding: .8rem; font: 13px/1.45 ui-monospace, Menlo, Consolas, monospace; tab-size: 4; }
@media print { nav, .skip { display: none; } pre { max-height: none; } }
`
