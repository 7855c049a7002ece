// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// plot.mjs RESULT FILE: draws what bench_codec measured, as an SVG that can be read on light and on dark pages. A bar is
// the median of how many times as fast as nlohmann/json a contender was, the line at its end goes from quartile to
// quartile.

import { writeFileSync } from 'node:fs'
import { digits, ours, ratio, read, unit } from './table.mjs'

const panels = {
    'decode stream': 'Decode a streamed answer: 2,000 events into typed chunks',
    'encode stream': 'Encode it: typed chunks into events',
    'decode request': 'Decode a request of 15 kB: 20 messages, 5 tools',
    'encode request': 'Encode it',
}
// bounds and variants, which are no libraries
const left_out = ['without learning', 'SSE split alone', 'memcpy']
const names = { [unit]: 'nlohmann/json' }

const width = 760
const label = 190
const bar = 14
const step = 20
const room = width - label - 90

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

function panel(row, title, top) {
    const all = Object.keys(row.ns)
        .filter((name) => !left_out.includes(name))
        .map((name) => ({ name, at: ratio(row.ns[unit], row.ns[name]) }))
        .sort((a, b) => a.at[1] - b.at[1])
    const most = Math.max(...all.map(({ at }) => at[2]))
    const x = (n) => (label + (n / most) * room).toFixed(1)
    let svg = `<text class="title" x="20" y="${top + 14}">${escape(title)}</text>\n`
    all.forEach(({ name, at: [low, middle, high] }, i) => {
        const y = top + 26 + i * step
        const kind = name === ours ? 'ours' : 'other'
        const centre = y + bar / 2
        svg += `<text class="${kind} name" x="${label - 8}" y="${y + 11}">${escape(names[name] ?? name)}</text>\n`
        svg += `<rect class="${kind}" x="${label}" y="${y}" width="${(x(middle) - label).toFixed(1)}" height="${bar}" rx="2"/>\n`
        svg += `<path class="spread" d="M${x(low)} ${centre}H${x(high)}"/>\n`
        svg += `<text class="${kind}" x="${(Number(x(high)) + 7).toFixed(1)}" y="${y + 11}">${digits(middle)}</text>\n`
    })
    return [svg, top + 26 + all.length * step + 18]
}

const [from, to] = process.argv.slice(2)
const result = read(from)
let body = ''
let y = 62
for (const [name, title] of Object.entries(panels)) {
    const row = result.rows.find((r) => r.row === name)
    if (!row?.ns[ours]) throw new Error(`${from} has no ${name}`)
    const [svg, next] = panel(row, title, y)
    body += svg
    y = next
}

writeFileSync(
    to,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y + 14}" viewBox="0 0 ${width} ${y + 14}" role="img"
    aria-label="How many times as fast as nlohmann/json each library is; bench/run.sh draws this">
<style>
    text { font: 12px system-ui, sans-serif; fill: #57606a }
    .head { font-size: 16px; font-weight: 600; fill: #1f2328 }
    .title { font-weight: 600; fill: #1f2328 }
    .name { text-anchor: end }
    text.ours { font-weight: 600; fill: #1f2328 }
    .page { fill: #ffffff; stroke: #d0d7de }
    rect.other { fill: #9aa7b4 }
    rect.ours { fill: #1a7f5a }
    .spread { stroke: #1f2328; stroke-width: 1.5; fill: none }
    @media (prefers-color-scheme: dark) {
        text { fill: #9da7b3 }
        .head, .title, text.ours { fill: #e6edf3 }
        .page { fill: #161b22; stroke: #30363d }
        rect.other { fill: #57626e }
        rect.ours { fill: #3fb98a }
        .spread { stroke: #e6edf3 }
    }
</style>
<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${y + 13}" rx="8"/>
<text class="head" x="20" y="28">Times as fast as nlohmann/json</text>
<text x="20" y="46">${escape(`${result.build}; median and quartiles of ${result.rounds} paired rounds`)}</text>
${body}</svg>
`,
)
