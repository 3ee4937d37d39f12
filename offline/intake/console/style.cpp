// The console's one style sheet.
#include "offline/intake/console/pages.hpp"

namespace offline::intake::console {

const char* const style_sheet = R"css(
:root {
  --page: #f3f6fa; --surface: #fff; --text: #1a2233; --second: #465166; --line: #d3dbe6;
  --action: #0b4a9b; --action-press: #08356f; --tint: #e7f0fb;
  --red: #991219; --red-fill: #b81c22; --red-ground: #fdebec;
  --amber: #7a4500; --amber-fill: #ffb224; --amber-ground: #fff2d6;
  --green: #145a34; --green-fill: #1e7a48; --green-ground: #e6f4eb;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
}
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
h1 { font-size: 28px; line-height: 1.3; font-weight: 700; letter-spacing: .01em; }
h2 { font-size: 18px; font-weight: 700; margin-bottom: 16px; }
h3 { font-size: 16px; font-weight: 700; margin: 24px 0 8px; }
a { color: var(--action); text-decoration-thickness: 1px; text-underline-offset: 3px; }
small { color: var(--second); font-size: 14px; }
time { white-space: nowrap; }
:focus-visible { outline: 3px solid #ffd400; outline-offset: 2px; box-shadow: 0 0 0 5px var(--text); border-radius: 4px; }

.bar { background: var(--surface); border-bottom: 1px solid var(--line); position: sticky; top: 0; z-index: 1; }
.bar .inner { max-width: 1200px; margin: 0 auto; padding: 0 24px; min-height: 64px; display: flex; align-items: center; gap: 32px; flex-wrap: wrap; }
.brand { display: flex; align-items: center; gap: 10px; color: var(--text); text-decoration: none; font-weight: 700; font-size: 18px; }
.seal { display: grid; place-items: center; width: 34px; height: 34px; border-radius: 8px; background: #b81c22; color: #fff; font-size: 18px; }
.sub { color: var(--second); font-weight: 400; font-size: 15px; padding-left: 10px; border-left: 1px solid var(--line); }
nav { display: flex; gap: 4px; }
nav a { padding: 8px 14px; border-radius: 8px; color: var(--second); text-decoration: none; }
nav a:hover { background: var(--tint); color: var(--action); }
nav a[aria-current] { background: var(--tint); color: var(--action); font-weight: 700; }
.who { margin-left: auto; display: flex; align-items: center; gap: 16px; }
.who span { display: flex; align-items: baseline; gap: 8px; }

main { max-width: 1200px; margin: 0 auto; padding: 32px 24px 64px; }
.head { display: flex; align-items: baseline; gap: 16px; flex-wrap: wrap; margin-bottom: 24px; }
.head p, .lead, .hint { color: var(--second); }
.back { margin-bottom: 8px; }
.back a { text-decoration: none; }
.word { padding: 12px 16px; border-radius: 10px; margin-bottom: 24px; border: 1px solid; }
.word.good { background: var(--green-ground); color: var(--green); border-color: #b5dcc4; }
.word.bad { background: var(--red-ground); color: var(--red); border-color: #efc3c6; }
.empty { color: var(--second); padding: 8px 0; }
.well { color: var(--second); }
.number { font-variant-numeric: tabular-nums; color: var(--second); font-size: 15px; display: inline-flex; gap: 6px; }

.tallies { display: grid; grid-template-columns: repeat(4, 1fr); gap: 16px; margin-bottom: 24px; }
.tally { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 16px 20px; border-top: 4px solid var(--line); }
.tally b { font-size: 34px; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
.tally span { color: var(--second); margin-left: 4px; }
.tally em { display: block; font-style: normal; color: var(--second); }
.tally.red { border-top-color: var(--red-fill); } .tally.red b { color: var(--red); }
.tally.amber { border-top-color: var(--amber-fill); } .tally.amber b { color: var(--amber); }
.tally.green { border-top-color: var(--green-fill); } .tally.green b { color: var(--green); }

.light { display: inline-flex; align-items: center; gap: 8px; padding: 3px 12px 3px 4px; border-radius: 999px; font-weight: 700; font-size: 15px; white-space: nowrap; }
.light i { font-style: normal; display: grid; place-items: center; width: 24px; height: 24px; border-radius: 50%; font-size: 14px; }
.light.red { background: var(--red-ground); color: var(--red); } .light.red i { background: var(--red-fill); color: #fff; }
.light.amber { background: var(--amber-ground); color: var(--amber); } .light.amber i { background: var(--amber-fill); color: #3a2100; }
.light.green { background: var(--green-ground); color: var(--green); } .light.green i { background: var(--green-fill); color: #fff; }
.light.quiet { background: #e9edf2; color: var(--second); } .light.quiet i { background: #cfd6e0; color: var(--text); }

.terminals { list-style: none; display: grid; gap: 12px; }
.terminal a {
  display: grid; grid-template-columns: 112px minmax(200px, 1.1fr) minmax(220px, 1.6fr) 250px; gap: 24px; align-items: center;
  background: var(--surface); border: 1px solid var(--line); border-left: 6px solid var(--line); border-radius: 12px;
  padding: 16px 24px 16px 18px; color: inherit; text-decoration: none;
}
.terminal a:hover { border-color: var(--action); box-shadow: 0 2px 12px rgba(11, 74, 155, .12); }
.terminal.red a { border-left-color: var(--red-fill); }
.terminal.amber a { border-left-color: var(--amber-fill); }
.terminal.green a { border-left-color: var(--green-fill); }
.place strong { display: block; font-size: 18px; line-height: 1.4; overflow-wrap: anywhere; }
.causes { list-style: none; }
.causes li { padding-left: 18px; position: relative; line-height: 1.5; }
.causes li + li { margin-top: 4px; }
.causes li::before { content: ""; position: absolute; left: 2px; top: 9px; width: 8px; height: 8px; border-radius: 50%; background: var(--amber-fill); }
.causes li.red { color: var(--red); font-weight: 700; } .causes li.red::before { background: var(--red-fill); border-radius: 1px; }
.facts { display: grid; grid-template-columns: 44px 64px 1fr; gap: 20px; }
.facts dt { color: var(--second); font-size: 14px; }
.facts dd { font-variant-numeric: tabular-nums; white-space: nowrap; }

.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 24px; margin-bottom: 24px; }
.card.narrow { max-width: 560px; margin: 48px auto; }
.state { display: flex; gap: 24px; align-items: center; border-left-width: 6px; }
.state.red { border-left-color: var(--red-fill); } .state.amber { border-left-color: var(--amber-fill); } .state.green { border-left-color: var(--green-fill); }
.state .when { margin-left: auto; color: var(--second); white-space: nowrap; }
.cause.red { color: var(--red); font-weight: 700; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 14px 24px; margin-bottom: 20px; }
.sheet dt { color: var(--second); font-size: 14px; } .sheet dd { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; color: var(--second); font-weight: 400; font-size: 14px; border-bottom: 1px solid var(--line); padding: 6px 12px 8px 0; }
td { border-bottom: 1px solid #e9edf2; padding: 10px 12px 10px 0; vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
.strip { display: flex; gap: 2px; height: 28px; margin-bottom: 16px; }
.strip i { flex: 1; max-width: 12px; border-radius: 2px; background: var(--line); }
.strip i.green { background: #7cc39b; } .strip i.amber { background: var(--amber-fill); } .strip i.red { background: var(--red-fill); }

label { display: block; color: var(--second); font-size: 15px; }
input, select { display: block; width: 100%; min-height: 46px; margin-top: 4px; padding: 8px 12px; font: inherit; color: var(--text); background: var(--surface); border: 1px solid #6e7a8c; border-radius: 8px; }
button { min-height: 46px; padding: 8px 20px; font: inherit; font-weight: 700; color: var(--action); background: var(--surface); border: 1px solid var(--action); border-radius: 8px; cursor: pointer; white-space: nowrap; }
button:hover { background: var(--tint); }
button.main { color: #fff; background: var(--action); } button.main:hover { background: var(--action-press); }
button.plain { border-color: transparent; font-weight: 400; min-height: 40px; padding: 6px 10px; }
.grid { display: grid; grid-template-columns: repeat(2, 1fr); gap: 16px 24px; align-items: end; }
.grid .wide { grid-column: 1 / -1; } .grid button { justify-self: start; }
.check { display: flex; align-items: center; gap: 10px; min-height: 46px; color: var(--text); }
.check input { width: 22px; min-height: 22px; height: 22px; margin: 0; }
.orders { display: grid; gap: 0; }
.orders form { display: flex; gap: 16px; align-items: end; padding: 16px 0; border-top: 1px solid #e9edf2; }
.orders form:first-child { border-top: 0; padding-top: 0; } .orders form:last-child { padding-bottom: 0; }
.orders label:first-of-type { flex: 1; } .orders select { min-width: 110px; }
.orders p { flex: 1; align-self: center; } .orders small { display: block; }
.fresh { display: flex; gap: 32px; justify-content: space-between; align-items: center; border-color: var(--action); border-width: 2px; }
.fresh svg { width: 200px; height: 200px; display: block; } .fresh figcaption { color: var(--second); text-align: center; font-size: 14px; }
.code { font-size: 30px; font-weight: 700; letter-spacing: .06em; font-variant-numeric: tabular-nums; margin-bottom: 12px; overflow-wrap: anywhere; }
.warn { color: var(--amber); background: var(--amber-ground); padding: 8px 12px; border-radius: 8px; margin-top: 12px; }
.login { max-width: 420px; margin: 64px auto; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; padding: 40px; }
.login .lead { margin: 8px 0 24px; } .login label { margin-bottom: 16px; } .login button { width: 100%; margin-top: 8px; } .login .hint { margin-top: 24px; font-size: 14px; }

@media (max-width: 900px) {
  .bar { position: static; }
  .bar .inner { gap: 4px 16px; padding-top: 8px; padding-bottom: 8px; }
  main { padding-top: 20px; }
  .terminal a { grid-template-columns: 1fr; gap: 10px; }
  .tallies { grid-template-columns: repeat(2, 1fr); }
  .grid { grid-template-columns: 1fr; }
  .orders form, .state, .fresh { flex-direction: column; align-items: stretch; }
  .state .when { margin-left: 0; }
  .card { overflow-x: auto; }
}
@media (prefers-contrast: more) { :root { --second: #1f2937; --line: #1f2937; } }
@media print { .bar, .orders { display: none; } }
)css";

}  // namespace offline::intake::console
