// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// examples/run.sh, as a newcomer runs it, with names nobody could have foreseen.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { test } from 'node:test';
import { randomName, root } from './programs.mjs';

const marker = 'chatwire: ';

// { code, out, pieces: [{ at, text }] }: what arrived when, in milliseconds
async function runExample(name) {
    const child = spawn('bash', [path.join(root, 'examples', 'run.sh'), name], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pieces = [];
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => pieces.push({ at: performance.now(), text }));
    const [code] = await once(child, 'close');
    return { code, out: pieces.map((piece) => piece.text).join(''), pieces };
}

for (const name of [randomName(), randomName()]) {
    test(`run.sh ${name}`, async () => {
        const { code, out, pieces } = await runExample(name);
        assert.equal(code, 0, out);
        const answers = out.split(marker).slice(1);
        assert.equal(answers.length, 2, out);
        assert.ok(answers[1].includes(name), 'the second answer knows the name');
        assert.ok(answers[1].includes('Lisbon'), 'the second answer knows a variable of the session');

        // The pieces of the second answer: from where it begins, to the end of the output.
        const begin = out.lastIndexOf(marker) + marker.length;
        let offset = 0;
        const arrivals = [];
        for (const { at, text } of pieces) {
            offset += text.length;
            if (offset > begin) arrivals.push(at);
        }
        assert.ok(arrivals.length >= 3, `the answer came in ${arrivals.length} pieces`);
        assert.ok(arrivals[0] < arrivals.at(-1), 'the first token came before the last');

        const port = /gateway at http:\/\/127\.0\.0\.1:(\d+)/.exec(out)[1];
        const { status } = spawnSync('curl', ['-s', '--max-time', '5', `http://127.0.0.1:${port}/v1/models`]);
        assert.equal(status, 7, 'the gateway is gone');
    });
}
