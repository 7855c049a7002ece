// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Our own client program, over sockets, with both drivers; and what it says when the other side dies.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { jsonLines, key, model, pathorsPath, program, randomName, run, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const chat = (args, options) => run(program('chat'), args, options);
const drivers = { coroutine: [], blocking: ['--blocking'] };
const eventsOf = (result) => {
    const lines = jsonLines(result.out);
    const end = lines.at(-1);
    assert.equal(end?.event, 'end', result.out + result.err);
    assert.ok(lines.slice(0, -1).every((line) => line.event !== 'end'));
    assert.equal(end.chunks, lines.filter((line) => line.event === 'chunk').length);
    assert.equal(typeof end.diagnostics, 'number');
    return { lines, end };
};

for (const [driver, flags] of Object.entries(drivers)) {
    const talk = (args, options) => chat([...flags, ...args], options);

    test(`chunk lines and an end line (${driver})`, async () => {
        const result = await talk(['--base-url', gateway.url + '/v1', '--json', 'hello']);
        assert.equal(result.code, 0, result.out + result.err);
        const { lines, end } = eventsOf(result);
        assert.equal(end.how, 'finished');
        assert.equal(end.diagnostics, 0);
        const chunks = lines.filter((line) => line.event === 'chunk').map((line) => line.data);
        assert.ok(chunks.length > 3);
        const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
        const folded = lines.find((line) => line.event === 'completion');
        assert.ok(text);
        if (folded) assert.equal(folded.data.choices[0].message.content, text);
    });

    test(`the text, for people (${driver})`, async () => {
        const common = ['--base-url', gateway.url + '/v1', '--key', key];
        const streamed = await talk([...common, 'I am worried about my work.']);
        const whole = await talk([...common, '--no-stream', 'I am worried about my work.']);
        assert.equal(streamed.code, 0, streamed.err);
        assert.equal(whole.code, 0, whole.err);
        assert.ok(streamed.out.trim().length > 0);
        assert.equal(streamed.out, whole.out);
    });

    test(`one answer (${driver})`, async () => {
        const result = await talk(['--base-url', gateway.url + '/v1', '--key', key, '--no-stream', '--json', 'hello']);
        const { lines, end } = eventsOf(result);
        assert.equal(result.code, 0);
        assert.equal(end.how, 'finished');
        assert.equal(end.chunks, 0);
        assert.equal(lines.filter((line) => line.event === 'completion').length, 1);
        assert.equal(lines.find((line) => line.event === 'completion').data.object, 'chat.completion');
    });

    test(`a whole request (${driver})`, async () => {
        const request = { model, messages: [{ role: 'user', content: 'Please call get_weather.' }], stream: true,
            tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }] };
        const result = await talk(['--base-url', gateway.url + '/v1', '--key', key, '--json', '--request', '-'], {
            input: JSON.stringify(request),
        });
        assert.equal(result.code, 0, result.err);
        const { lines } = eventsOf(result);
        assert.ok(lines.some((line) => line.event === 'chunk' && line.data.choices[0].finish_reason === 'tool_calls'));
    });

    test(`a session (${driver})`, async () => {
        const [name, session] = [randomName(), randomName()];
        const common = ['--base-url', gateway.url + pathorsPath, '--key', key, '--session', session];
        assert.equal((await talk([...common, `My name is ${name}.`])).code, 0);
        const second = await talk([...common, 'What is my name?']);
        assert.equal(second.code, 0);
        assert.ok(second.out.includes(name), second.out);
    });

    test(`a refusal (${driver})`, async () => {
        for (const path of ['/v1', pathorsPath]) {
            const result = await talk(['--base-url', gateway.url + path, '--key', 'wrong', '--json', 'hello']);
            assert.equal(result.code, 1);
            const { lines, end } = eventsOf(result);
            assert.equal(end.how, 'refused');
            const failure = lines.find((line) => line.event === 'failure');
            assert.equal(failure.condition, 'api_refusal');
            assert.equal(failure.status, 401);
            assert.ok(failure.message);
        }
    });

    test(`killing the gateway in the middle of a stream (${driver})`, async () => {
        const victim = await startGateway();
        let killed = false;
        const result = await talk(['--base-url', victim.url + '/v1', '--key', key, '--json', 'Tell me a long story.'], {
            onOutput: () => {
                if (!killed) victim.child.kill('SIGKILL');
                killed = true;
            },
        });
        await victim.child.done;
        assert.equal(result.code, 1, result.out + result.err);
        const { lines, end } = eventsOf(result);
        assert.ok(['truncated', 'transport'].includes(end.how), end.how);
        assert.ok(end.chunks > 0, 'it was in the middle');
        assert.ok(lines.some((line) => line.event === 'failure'));
    });

    test(`the same, told to people (${driver})`, async () => {
        const victim = await startGateway();
        const result = await talk(['--base-url', victim.url + '/v1', '--key', key, 'Tell me a long story.'], {
            onOutput: () => victim.child.kill('SIGKILL'),
        });
        await victim.child.done;
        assert.equal(result.code, 1);
        assert.match(result.err, /truncated|transport/);
    });

    test(`nobody there (${driver})`, async () => {
        const gone = await startGateway();
        await gone.kill();
        const result = await talk(['--base-url', gone.url + '/v1', '--key', key, '--json', 'hello']);
        assert.equal(result.code, 1);
        assert.equal(eventsOf(result).end.how, 'transport');
    });

    // Servers that are broken each in one way.
    const stream = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' });
    const piece = 'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n';
    const broken = {
        'a web page': [(_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>proxy</html>'),
            ['refused', 'truncated', 'transport'], /./],
        'a web page with status 502': [(_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>'),
            ['refused'], /./],
        'a stream that ends too early': [(_, response) => stream(response).end(piece), ['truncated'], /truncated/],
        'an error in the stream': [(_, response) => stream(response).end(piece + 'data: {"error":{"message":"overloaded","type":"server_error"}}\n\n'),
            ['error_event'], /overloaded/],
        'silence': [(_, response) => stream(response).write(piece), ['timeout'], /./],
        'silence before the head': [() => {}, ['timeout'], /./],
        'a closed connection': [(request) => request.socket.destroy(), ['transport', 'truncated'], /./],
    };
    for (const [name, [handler, hows, says]] of Object.entries(broken)) {
        test(`${name} (${driver})`, async () => {
            const server = http.createServer(handler);
            await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
            const url = `http://127.0.0.1:${server.address().port}/v1`;
            const result = await talk(['--base-url', url, '--retries', '0', '--timeout-idle', '1', '--json', 'hello']);
            server.closeAllConnections();
            server.close();
            assert.equal(result.code, 1, result.out + result.err);
            const { lines, end } = eventsOf(result);
            assert.ok(hows.includes(end.how), end.how);
            const failure = lines.find((line) => line.event === 'failure');
            assert.match(JSON.stringify(failure), says);
        });
    }
}

test('both drivers print the same', async () => {
    const request = JSON.stringify({ model, messages: [{ role: 'user', content: 'I dreamt of the sea.' }], stream: true });
    const outputs = [];
    for (const flags of Object.values(drivers)) {
        const result = await chat([...flags, '--base-url', gateway.url + '/v1', '--key', key, '--json', '--request', '-'], { input: request });
        outputs.push(jsonLines(result.out).map((line) => {
            delete line.data?.id;
            delete line.data?.created;
            return line;
        }));
    }
    assert.deepEqual(outputs[0], outputs[1]);
});

test('wrong usage', async () => {
    for (const args of [[], ['hello'], ['--base-url'], ['--base-url', 'ftp://x', 'hello'], ['--no-such-option', 'x'],
        ['--base-url', gateway.url, '--timeout-idle', 'soon', 'hello'], ['--base-url', gateway.url, '--request', '/no/such/file']]) {
        const result = await chat(args);
        assert.equal(result.code, 2, args.join(' '));
        assert.ok(result.err);
    }
});

test('the gateway: wrong usage, and an end that drains', async () => {
    assert.equal((await run(program('gateway'), ['--config', '/no/such/file'])).code, 2);
    const own = await startGateway();
    // asked to end while a stream runs: the stream is finished, then it is gone
    let asked = false;
    const result = await chat(['--base-url', own.url + '/v1', '--key', key, '--json', 'hello'], {
        onOutput: () => {
            if (!asked) own.child.kill('SIGTERM');
            asked = true;
        },
    });
    assert.equal(result.code, 0, result.out);
    assert.equal(eventsOf(result).end.how, 'finished');
    assert.deepEqual(await own.child.done, { code: 0, signal: null });
});
