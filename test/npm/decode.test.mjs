// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The decoder as a program: a raw event stream in, JSON lines out.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { jsonLines, program, root, run } from './programs.mjs';

const decode = async (input, ...args) => {
    const result = await run(program('decode'), args, { input });
    const lines = result.code === 2 ? [] : jsonLines(result.out);
    return { ...result, lines, end: lines.at(-1) };
};

const hi = 'data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\n';
const done = 'data: [DONE]\n\n';
const open = 'data: {"choices":[{"delta":{"content":"hi"}}]}\n\n';

test('the folded completion, one byte at a time', async () => {
    const { code, lines, end } = await decode(hi + done, '--fold', '--split', '1');
    assert.equal(code, 0);
    const completion = lines.find((line) => line.event === 'completion');
    assert.equal(completion.data.choices[0].message.content, 'hi');
    assert.equal(completion.data.choices[0].finish_reason, 'stop');
    assert.equal(end.event, 'end');
    assert.equal(end.how, 'finished');
    assert.equal(end.chunks, 1);
});

test('every split gives the same lines', async () => {
    const input = ': hello\n\n' + open + 'event: message\nid: 7\n' + hi + done;
    const whole = await decode(input, '--events', '--fold');
    assert.ok(whole.lines.some((line) => line.event === 'sse' && line.id === '7' && line.data === '[DONE]'), whole.out);
    for (let split = 1; split <= 40; split += 3)
        assert.equal((await decode(input, '--events', '--fold', '--split', String(split))).out, whole.out);
});

test('how a stream ended', async () => {
    const cases = [
        [hi + done, 'finished', 0],
        [hi, 'finished_without_done', 0],
        [open + done, 'done_without_finish_reason', 0],
        [open, 'truncated', 1],
        ['', 'truncated', 1],
        [open + 'data: {"error":{"message":"overloaded"}}\n\n', 'error_event', 1],
    ];
    for (const [input, how, status] of cases) {
        const { code, end, out } = await decode(input);
        assert.equal(end?.how, how, out);
        assert.equal(code, status, how);
    }
});

test('what there is of a broken stream is folded', async () => {
    const { code, lines } = await decode(open + open, '--fold');
    assert.equal(code, 1);
    assert.equal(lines.find((line) => line.event === 'completion').data.choices[0].message.content, 'hihi');
});

// The files of test/vectors say what is told of bytes in the words of this program: here they are its own.
test('event streams as they are on the wire', async () => {
    const folder = root + 'test/vectors/';
    let count = 0;
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.http'))) {
        const bytes = readFileSync(folder + name);
        const expected = readFileSync(folder + name.replace('.http', '.events'), 'utf8')
            .split('\n').filter(Boolean).slice(1, -1).map((line) => JSON.parse(line));
        const head = bytes.subarray(0, bytes.indexOf('\r\n\r\n')).toString();
        if (!expected.some((line) => line.event === 'sse') || head.includes('Transfer-Encoding'))
            continue;
        const { code, lines } = await decode(bytes.subarray(head.length + 4), '--events', '--fold');
        const told = lines
            .filter((line) => line.event !== 'completion' || lines.at(-1).chunks > 0)
            .map((line) => line.event === 'failure' ? { ...line, status: line.status ?? 200 } : line); // the head's
        assert.deepEqual(told, expected, name);
        assert.equal(code, lines.at(-1).how.includes('finish') ? 0 : 1, name);
        ++count;
    }
    assert.ok(count > 20, `${count} vectors`);
});

test('wrong usage', async () => {
    for (const args of [['--split'], ['--split', '0'], ['--split', 'x'], ['--no-such-option'], ['extra']])
        assert.equal((await decode('', ...args)).code, 2, args.join(' '));
});
