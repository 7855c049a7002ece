// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// How many lines of include/ the programs of a build have run, since it was built.
//
//   node tools/coverage.mjs BUILD-DIRECTORY [--least PERCENT] [--missed]
//
// Prints lines, lines run and percent for each folder and for all of it. --missed lists the lines that no program ran,
// as FILE:FIRST-LAST. Exits 1 if all of it is below PERCENT. The build is one of the preset `coverage`; a line counts
// as run if any of its instantiations, in any program, was.
import { execFile } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = realpathSync(path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..'));
const args = process.argv.slice(2);
const build = args.find((a) => !a.startsWith('--') && args[args.indexOf(a) - 1] !== '--least');
const least = args.includes('--least') ? Number(args[args.indexOf('--least') + 1]) : 0;
if (!build || Number.isNaN(least)) {
    console.error('usage: coverage.mjs BUILD-DIRECTORY [--least PERCENT] [--missed]');
    process.exit(2);
}

const data = readdirSync(build, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gcda'))
    .map((name) => path.resolve(build, name));
if (data.length === 0) {
    console.error(`coverage.mjs: no program of ${build} has left coverage data`);
    process.exit(1);
}

// file -> line -> whether it was run
const files = new Map();
const prefix = path.join(root, 'include/chatwire') + path.sep;

// gcov's JSON, one document a line, is a hundred times longer than what is wanted of it: files outside of include/ are
// left out by --relative-only, which takes the source prefix off first.
async function read(file) {
    const { stdout } = await promisify(execFile)(
        'gcov',
        ['--json-format', '--stdout', '--relative-only', '--source-prefix', path.join(root, 'include'), file],
        { cwd: build, maxBuffer: 2 ** 30, encoding: 'utf8' },
    );
    for (const text of stdout.split('\n').filter((line) => line.startsWith('{'))) {
        const document = JSON.parse(text);
        for (const source of document.files) {
            const name = path.isAbsolute(source.file) ? source.file : path.resolve(root, 'include', source.file);
            if (!name.startsWith(prefix)) continue;
            let lines = files.get(name);
            if (!lines) files.set(name, (lines = new Map()));
            for (const { line_number: at, count } of source.lines) lines.set(at, lines.get(at) || count > 0);
        }
    }
}

const waiting = [...data];
await Promise.all(
    Array.from({ length: Math.min(os.availableParallelism?.() ?? 2, 4) }, async () => {
        for (let file; (file = waiting.pop()); ) await read(file);
    }),
);

const folders = new Map();
const total = { lines: 0, run: 0 };
for (const [name, lines] of files) {
    const relative = path.relative(prefix, name).replace(/^impl\//, '');
    const folder = relative.includes('/') ? relative.slice(0, relative.indexOf('/')) + '/' : 'facades, ground';
    const of = folders.get(folder) ?? { lines: 0, run: 0 };
    folders.set(folder, of);
    for (const run of lines.values()) {
        for (const sum of [of, total]) {
            sum.lines += 1;
            sum.run += run ? 1 : 0;
        }
    }
}

const percent = ({ lines, run }) => (100 * run) / lines;
const row = (name, sum) =>
    console.log(`${name.padEnd(20)} ${String(sum.lines).padStart(6)} ${String(sum.run).padStart(6)} ${percent(sum).toFixed(1).padStart(6)} %`);
console.log(`${'include/chatwire'.padEnd(20)} ${'lines'.padStart(6)} ${'run'.padStart(6)}`);
for (const [name, sum] of [...folders].sort()) row(name, sum);
row('all', total);

if (args.includes('--missed')) {
    for (const [name, lines] of [...files].sort()) {
        const missed = [...lines].filter(([, run]) => !run).map(([at]) => at).sort((a, b) => a - b);
        for (let i = 0; i < missed.length; ) {
            let last = i;
            while (last + 1 < missed.length && missed[last + 1] - missed[last] <= 1) ++last;
            console.log(`${path.relative(root, name)}:${missed[i]}-${missed[last]}`);
            i = last + 1;
        }
    }
}

if (percent(total) < least) {
    console.error(`coverage.mjs: ${percent(total).toFixed(2)} % is less than ${least} %`);
    process.exit(1);
}
