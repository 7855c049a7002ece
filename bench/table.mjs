// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// table.mjs RESULT: the table of what bench_codec measured, and the goals beside it.
//
// A ratio is how many times as fast as nlohmann/json a contender was in the same round: the median of all rounds, and
// the quartiles around it in the column of chatwire. Exits with 1 when a goal is not met.

import { readFileSync } from 'node:fs'

export const unit = 'nlohmann'
export const ours = 'chatwire'

// at least that many times as fast as nlohmann/json
export const goals = {
    'decode stream': 110,
    'decode stream in pieces': 90,
    'encode stream': 140,
    'decode request': 18,
    'encode request': 32,
    'decode completion': 19,
    'encode completion': 29,
}

// at most so many times what another took: [row, contender], times, [row, contender]
export const bounds = [
    [['decode shapeless', ours], 1.1, ['decode shapeless', 'without learning'], 'no two events alike'],
    [['decode large event in pieces', ours], 1.5, ['decode large event', ours], '1.3 MB in pieces'],
]

const sorted = (values) => [...values].sort((a, b) => a - b)
export const quantile = (values, q) => {
    const v = sorted(values)
    const at = q * (v.length - 1)
    const below = Math.floor(at)
    return v[below] + (v[Math.min(below + 1, v.length - 1)] - v[below]) * (at - below)
}
export const median = (values) => quantile(values, 0.5)

// [lower quartile, median, upper quartile] of a[i] / b[i]
export const ratio = (a, b) => {
    const each = a.map((t, i) => t / b[i])
    return [quantile(each, 0.25), median(each), quantile(each, 0.75)]
}

export const digits = (n) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

export const read = (file) => JSON.parse(readFileSync(file, 'utf8'))

function print(result) {
    const names = [...new Set(result.rows.flatMap((row) => Object.keys(row.ns)))]
    const times = (row, name) => result.rows.find((r) => r.row === row)?.ns[name]
    console.log(`${result.build}; ${result.rounds} rounds. Times of nlohmann/json, then ratios to it.\n`)
    console.log(`| work | ${unit} | ${names.filter((n) => n !== unit && n !== ours).join(' | ')} | ${ours} | goal |`)
    console.log(`|---|${names.map(() => '--:').join('|')}|--:|`)
    let missed = 0
    for (const row of result.rows) {
        if (!row.ns[unit]) continue
        const cells = [row.row, `${digits(median(row.ns[unit]) / 1000)} µs`]
        for (const name of names)
            if (name !== unit && name !== ours) cells.push(row.ns[name] ? digits(ratio(row.ns[unit], row.ns[name])[1]) : '')
        const [low, middle, high] = row.ns[ours] ? ratio(row.ns[unit], row.ns[ours]) : [0, 0, 0]
        cells.push(`**${digits(middle)}** (${digits(low)} to ${digits(high)})`)
        const goal = goals[row.row]
        if (goal && middle < goal) ++missed
        cells.push(goal ? `${goal} ${middle >= goal ? 'met' : 'NOT MET'}` : '')
        console.log(`| ${cells.join(' | ')} |`)
    }
    console.log()
    for (const [[row, name], most, [otherRow, other], what] of bounds) {
        if (!times(row, name) || !times(otherRow, other)) continue
        const [low, middle, high] = ratio(times(row, name), times(otherRow, other))
        if (middle > most) ++missed
        console.log(
            `${what}: ${name} takes ${digits(middle)} (${digits(low)} to ${digits(high)}) times what ${other}, ${otherRow}, takes;` +
                ` goal: at most ${most} ${middle <= most ? 'met' : 'NOT MET'}`,
        )
    }
    console.log(missed ? `\n${missed} goals not met` : '\nall goals met')
    return missed
}

if (process.argv[1] === new URL(import.meta.url).pathname) process.exitCode = print(read(process.argv[2])) ? 1 : 0
