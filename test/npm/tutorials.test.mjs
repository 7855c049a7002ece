// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The tutorials about clients, as programs against the gateway.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { key, program, run, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const tutorial = (name, ...args) => run(program(name), [gateway.url + '/v1', key, ...args]);

test('the blocking and the coroutine chat have the same conversation', async () => {
    const one = await tutorial('blocking_chat');
    const other = await tutorial('coroutine_chat');
    assert.equal(one.code, 0, one.err);
    assert.equal(other.code, 0, other.err);
    assert.equal(one.out, other.out);
    const lines = one.out.trimEnd().split('\n');
    assert.deepEqual(lines.map((line) => line.split(':')[0]), ['you', 'model', 'you', 'model']);
    assert.match(lines[3], /Ada/, 'the second answer knows what the first turn said');
});

test('a stream, and how it ended', async () => {
    const { code, out, err } = await tutorial('stream', 'hello');
    assert.equal(code, 0, err);
    assert.ok(out.trim());
    assert.match(err, /^\[finished\]$/m);
});

test('a stream that breaks off', async () => {
    const victim = await startGateway();
    const result = await run(program('stream'), [victim.url + '/v1', key, 'I am worried about my work.'], {
        onOutput: () => victim.child.kill('SIGKILL'),
    });
    await victim.child.done;
    assert.equal(result.code, 1);
    assert.match(result.err, /^\[(truncated|transport), /m);
});

test('a transport of one\'s own', async () => {
    const { code, out } = await tutorial('own_transport');
    assert.equal(code, 0, out);
    assert.ok(out.trim());
});

test('refusals and wrong usage', async () => {
    for (const name of ['blocking_chat', 'coroutine_chat', 'stream', 'own_transport']) {
        const refused = await run(program(name), [gateway.url + '/v1', 'wrong']);
        assert.equal(refused.code, 1, name);
        assert.match(refused.out + refused.err, /401/);
        assert.ok((await run(program(name), [])).code > 0);
    }
});
