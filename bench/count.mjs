// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// count.mjs COMPILER PROGRAM [--update]: see count.sh.
//
// The count is the same on another processor: valgrind executes every instruction itself, and the C library, which picks
// its memcpy and memchr by what the processor can do, is told that it can do nothing beyond SSE2.

import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const [compiler, program, update] = process.argv.slice(2)
const file = new URL('baseline.json', import.meta.url)
const allowed = 1.1

const beyond = ['AVX512VL', 'AVX512BW', 'AVX2', 'AVX', 'BMI1', 'BMI2', 'LZCNT', 'MOVBE', 'ERMS', 'FSRM', 'RTM', 'SSSE3', 'SSE4_1']
beyond.push('SSE4_2', 'AVX_Fast_Unaligned_Load', 'Fast_Unaligned_Copy', 'Fast_Copy_Backward', 'Fast_Rep_String', 'Slow_BSF')
const env = {
    PATH: process.env.PATH,
    LD_BIND_NOW: '1',
    GLIBC_TUNABLES: `glibc.cpu.hwcaps=${beyond.map((name) => `-${name}`).join(',')}:glibc.cpu.x86_non_temporal_threshold=0x10000000`,
}

function count(row) {
    const options = ['--tool=callgrind', '--callgrind-out-file=/dev/null', '--toggle-collect=bench::counted(bench::job&)']
    const run = spawnSync('valgrind', [...options, program, row], { env, encoding: 'utf8' })
    const found = /Collected : (\d+)/.exec(run.stderr ?? '')
    if (run.error || run.status !== 0 || !found || found[1] === '0') {
        console.error(run.error?.message ?? run.stderr)
        throw new Error(`nothing was counted of ${row}`)
    }
    return Number(found[1])
}

const counts = {}
for (const line of execFileSync(program, { encoding: 'utf8' }).trim().split('\n')) {
    const [, units, row] = /^(\d+) (.*)$/.exec(line)
    counts[row] = Math.round(count(row) / Number(units))
}

const digits = (n) => String(n).padStart(11)
if (update === '--update') {
    writeFileSync(file, `${JSON.stringify({ compiler, instructions: counts }, null, 4)}\n`)
    for (const [row, n] of Object.entries(counts)) console.log(`${row.padEnd(32)}${digits(n)}`)
} else {
    const baseline = JSON.parse(readFileSync(file, 'utf8'))
    const comparable = baseline.compiler === compiler
    let grown = 0
    console.log(`${'instructions a chunk, or a document'.padEnd(35)}      now   baseline`)
    for (const [row, n] of Object.entries(counts)) {
        const before = baseline.instructions[row]
        const more = before === undefined || n > before * allowed
        if (more) ++grown
        const less = n * allowed < before ? 'less: --update' : ''
        console.log(`${row.padEnd(32)}${digits(n)}${digits(before ?? 'none')}  ${more ? 'MORE' : less}`)
    }
    if (!comparable) console.log(`not held to it: the baseline is of ${baseline.compiler}, this is ${compiler}`)
    else if (grown) {
        console.log(`${grown} grew by more than a tenth. If that is meant to be: bench/count.sh --update, in the same commit.`)
        process.exitCode = 1
    }
}
