// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The tutorials, as programs: those about clients against the gateway, or a service made up for them; those about servers
// with clients that others wrote.
import OpenAI from 'openai';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { key, model, program, root, run, startGateway, startServer } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const tutorial = (name, ...args) => run(program(name), [gateway.url + '/v1', key, ...args]);

// Examples about foreign libraries are not built where these are not installed; tools/need.sh installs them.
const built = (name) => existsSync(program(name));
const foreign = (name) => ({ skip: !built(name) && `${name} was left out of the build` });

// A service on a port of its own for as long as `use(url)` takes. `server` is one of Node's.
async function withService(server, use) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
        return await use(`http://127.0.0.1:${server.address().port}/v1`);
    } finally {
        server.closeAllConnections?.();
        server.close();
    }
}

test('one question, one answer', async () => {
    const { code, out, err } = await tutorial('hello', model);
    assert.equal(code, 0, err);
    assert.ok(out.trim());
    const refused = await run(program('hello'), [gateway.url + '/v1', 'wrong', model]);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /401/);
});

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

test('a stream as text, as chunks, and awaited, with its figures', async () => {
    const { code, out, err } = await tutorial('streams', 'hello');
    assert.equal(code, 0, err);
    const lines = out.trimEnd().split('\n');
    const [text, chunks, awaited] = [lines[0], lines.slice(1, -1), lines.at(-1)];
    assert.ok(text);
    assert.ok(chunks.length > 1);
    assert.equal(chunks.map((line) => line.replace(/^0: /, '')).join(''), text);
    assert.equal(awaited, text);
    assert.match(err, /^\d+ chunks in \S+ s, the first token after \S+ s(, then \S+ tokens per second)?$/m);
    assert.match(err, /^request req_\w+$/m);
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

test('the Chats module, called and served', async () => {
    const { code, out, err } = await run(program('chats_client'), [gateway.url, key, 'aip_demo', 'Hello, my name is Ada.']);
    assert.equal(code, 0, err);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines[0], 'chat: My Assistant');
    assert.match(lines[1], /^with the chat: .*Ada/);
    assert.match(lines[2], /^without: .*Ada/);
    assert.equal(lines[3], 'chats left with that id: 0');

    const server = await startServer('chats_server', [gateway.url + '/v1', model, '0', key]);
    const refused = await run(program('chats_client'), [server.url, 'adas-key', 'aip_1', 'Hello, my name is Ada.']);
    assert.equal(refused.code, 1); // may do everything but what comes last
    assert.match(refused.out, /^with the chat: .*Ada.*\nwithout: .*Ada/m);
    assert.match(refused.err, /Forbidden/);
    await server.kill();
});

test('a tool call, to the answer', async () => {
    const one = await tutorial('tool_call');
    assert.equal(one.code, 0, one.err);
    const lines = one.out.trimEnd().split('\n');
    assert.equal(lines[0], 'get_weather{"city":"Paris"} = a clear sky and 21 degrees in Paris');
    assert.equal(lines.length, 2);
    assert.match(lines[1], /a clear sky and 21 degrees in Paris/, 'the model was told what came out');

    const two = await tutorial('tool_call', "What's the weather in Paris and London?");
    assert.equal(two.code, 0, two.err);
    assert.match(two.out, /^get_weather{"city":"London"} = a clear sky and 21 degrees in London$/m);
    assert.match(two.out.trimEnd().split('\n').at(-1), /Paris.*London/);

    const none = await tutorial('tool_call', 'Reply with exactly: PONG');
    assert.equal(none.out, 'PONG\n');
});

test('tools that are run', async () => {
    const { code, out, err } = await tutorial('tools', "What's the weather in Paris and London?");
    assert.equal(code, 0, err);
    const lines = out.trimEnd().split('\n');
    assert.deepEqual(lines.slice(0, 4), [
        '-> get_weather{"city":"Paris"}',
        '-> get_weather{"city":"London"}',
        '<- a clear sky and 21 degrees in Paris',
        '<- a clear sky and 21 degrees in London',
    ]);
    assert.match(lines[4], /Paris.*London/, 'the model was told what came out');
    assert.equal(lines.length, 6, 'and the conversation went on');
});

test('an answer that is a value, and why there is none', async () => {
    const prompt = 'city=Paris, pace=busy, {"stops":[{"place":"Louvre","hours":3},{"place":"Seine"}]}';
    const { code, out, err } = await tutorial('structured', prompt);
    assert.equal(code, 0, err);
    assert.equal(out, 'Paris, busy:\n  Louvre, 3 h\n  Seine\n');

    const rome = '{"city":"Rome","pace":"slow","stops":[{"place":"Forum","hours":"long"}]}';
    const answers = [
        [{ message: { role: 'assistant', content: null, refusal: 'Not to Rome.' }, finish_reason: 'stop' }, /Not to Rome\./],
        [{ message: { role: 'assistant', content: rome.slice(0, 30) }, finish_reason: 'length' }, /cut off/],
        [{ message: { role: 'assistant', content: '' }, finish_reason: 'content_filter' }, /filter/],
        [{ message: { role: 'assistant', content: rome }, finish_reason: 'stop' }, /at stops\[0\]\.hours: .*expected an integer/],
    ];
    for (const [choice, words] of answers) {
        let asked;
        const server = http.createServer(async (request, response) => {
            asked = JSON.parse(Buffer.concat(await request.toArray()));
            response.setHeader('Content-Type', 'application/json');
            response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, ...choice }] }));
        });
        const result = await withService(server, (url) => run(program('structured'), [url]));
        assert.equal(result.code, 1);
        assert.match(result.err, words);
        const { name, strict, schema } = asked.response_format.json_schema;
        assert.equal(name, 'journey');
        assert.equal(strict, true);
        assert.deepEqual(schema.properties.stops.items.required, ['place', 'hours']);
        assert.equal(schema.properties.city.description, 'Without its country');
    }
});

test('arguments that are none are told to the model', async () => {
    const asked = [];
    const server = http.createServer((request, response) => {
        let text = '';
        request.on('data', (piece) => (text += piece));
        request.on('end', () => {
            asked.push(JSON.parse(text));
            const say = (delta, finish_reason = null) => {
                const choices = [{ index: 0, delta, finish_reason }];
                response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices })}\n\n`);
            };
            response.setHeader('Content-Type', 'text/event-stream');
            if (asked.length === 1) {
                const call = (more) => ({ tool_calls: [{ index: 0, ...more }] });
                say({ role: 'assistant', content: null });
                say(call({ id: 'call_7', type: 'function', function: { name: 'get_weather', arguments: '{"ci' } }));
                say(call({ function: { arguments: 'ty":7}' } }));
                say({}, 'tool_calls');
            } else {
                say({ role: 'assistant', content: 'Sorry.' });
                say({}, 'stop');
            }
            response.end('data: [DONE]\n\n');
        });
    });
    const { code, out, err } = await withService(server, (url) => run(program('tool_call'), [url]));
    assert.equal(code, 0, err);
    assert.equal(asked.length, 2);
    assert.equal(asked[0].tools[0].function.name, 'get_weather');
    const [, call, result] = asked[1].messages;
    assert.deepEqual(call.tool_calls, [
        { id: 'call_7', type: 'function', function: { name: 'get_weather', arguments: '{"city":7}' } },
    ]);
    assert.equal(result.role, 'tool');
    assert.equal(result.tool_call_id, 'call_7');
    assert.match(result.content, /^Bad arguments: .*city/);
    assert.match(out, /Sorry\.\n$/);
});

test('a tool call: models that say nothing, or never stop calling', async () => {
    const choices = (delta, finish_reason) => [{ index: 0, delta, finish_reason }];
    const call = { tool_calls: [{ index: 0, id: 'x', type: 'function', function: { name: 'get_time', arguments: '' } }] };
    for (const body of [null, { choices: choices(call, 'tool_calls') }]) {
        const server = http.createServer((request, response) => {
            request.resume();
            response.setHeader('Content-Type', 'text/event-stream');
            if (body) response.write(`data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...body })}\n\n`);
            response.end('data: [DONE]\n\n');
        });
        const { code, out, err } = await withService(server, (url) => run(program('tool_call'), [url]));
        assert.equal(code, 1, out + err);
        assert.match(err, /says nothing, or does nothing/);
        assert.equal(out.match(/There is no tool get_time/g)?.length ?? 0, body ? 8 : 0);
    }
});

test("a vendor's own members, there and back", async () => {
    const asked = [];
    const server = http.createServer((request, response) => {
        let text = '';
        request.on('data', (piece) => (text += piece));
        request.on('end', () => {
            const body = JSON.parse(text);
            asked.push(body);
            const timing = { queued_ms: body.stream ? 5 : 3, thought_ms: body.deadline_ms / 2 };
            const common = { id: 'c', created: 1, model: 'm' };
            if (!body.stream) {
                response.setHeader('Content-Type', 'application/json');
                const message = { role: 'assistant', content: 'Hi.' };
                const choices = [{ index: 0, message, finish_reason: 'stop' }];
                response.end(JSON.stringify({ ...common, object: 'chat.completion', choices, timing }));
                return;
            }
            const say = (delta, finish_reason, more) => {
                const choices = [{ index: 0, delta, finish_reason }];
                response.write(`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices, ...more })}\n\n`);
            };
            response.setHeader('Content-Type', 'text/event-stream');
            say({ role: 'assistant', content: 'Hi' }, null);
            say({ content: '.' }, null);
            say({}, 'stop', { timing });
            response.end('data: [DONE]\n\n');
        });
    });
    const { code, out, err } = await withService(server, (url) => run(program('own_dialect'), [url]));
    assert.equal(code, 0, err);
    assert.deepEqual(asked.map((body) => body.deadline_ms), [1500, 1500]);
    assert.equal(out, 'Hi. [3 ms in the queue, 750 ms of thought]\nHi. [5 ms in the queue, 750 ms of thought]\n');

    const plain = await tutorial('own_dialect'); // a service that knows nothing of them
    assert.equal(plain.code, 0, plain.err);
    const lines = plain.out.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.equal(lines[0], lines[1]);
    assert.doesNotMatch(plain.out, /thought/);
});

test('libcurl says the same as our own transport', foreign('libcurl_chat'), async () => {
    for (const prompt of ['hello', 'I am worried about my work.']) {
        const ours = await tutorial('stream', prompt);
        const theirs = await tutorial('libcurl_chat', prompt);
        assert.equal(theirs.code, 0, theirs.err);
        assert.equal(theirs.out, ours.out);
        assert.match(theirs.err, /^\[finished\]$/m);
    }
});

test('libcurl: however an answer ends, it is told', foreign('libcurl_chat'), async () => {
    const chunk = (delta, finish_reason = null) =>
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
    const half = chunk({ role: 'assistant', content: 'Hel' });
    const all = half + chunk({ content: 'lo' }) + chunk({}, 'stop') + 'data: [DONE]\n\n';
    const head = (type, more = '') => `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n${more}\r\n`;
    const stream = (more) => head('text/event-stream', more);
    const framed = (text) => text.length.toString(16) + `\r\n${text}\r\n`;
    const whole = JSON.stringify({
        id: 'c', object: 'chat.completion', created: 1, model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    });
    const answers = {
        'to the end of the connection': [stream() + all, 0, 'Hello\n', /^\[finished\]$/m],
        'in chunks, after interim answers': [
            'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' +
                stream('Transfer-Encoding: chunked\r\n') + framed(all) + '0\r\n\r\n',
            0, 'Hello\n', /^\[finished\]$/m],
        'the end of the connection is not the end of the answer': [stream() + half, 1, 'Hel\n', /^\[truncated, /m],
        'short of its length': [stream(`Content-Length: ${all.length}\r\n`) + half, 1, 'Hel\n', /^\[truncated, .*\d+ (out of \d+ )?bytes/m],
        'inside of its chunks': [stream('Transfer-Encoding: chunked\r\n') + framed(half), 1, 'Hel\n', /^\[truncated, /m],
        'an error on the way': [stream() + half + 'data: {"error":{"message":"overloaded"}}\n\n', 1, 'Hel\n', /^\[error_event, .*overloaded/m],
        'at once': [head('application/json') + whole, 0, 'Hello\n', /^\[finished\]$/m],
        'a page': [head('text/html') + '<p>busy</p>', 1, '', /text\/html, not JSON/],
        'a refusal': ['HTTP/1.1 429 Slow Down\r\nContent-Type: application/json\r\n\r\n{"error":{"message":"too fast"}}', 1, '', /429.*too fast/],
        'only a head': [stream('Content-Length: 9\r\n'), 1, '\n', /^\[truncated, /m],
        'nothing': ['', 1, '', /^transport: /m],
        'an interim answer, and nothing': ['HTTP/1.1 100 Continue\r\n\r\n', 1, '', /^transport: /m],
    };
    for (const [name, [bytes, status, output, errors]] of Object.entries(answers)) {
        const server = net.createServer((socket) => {
            socket.on('error', () => {});
            socket.once('data', () => socket.end(bytes));
        });
        const { code, out, err } = await withService(server, (url) => run(program('libcurl_chat'), [url]));
        assert.equal(code, status, name + ': ' + err);
        assert.equal(out, output, name);
        assert.match(err, errors, name);
    }
    const nobody = await run(program('libcurl_chat'), ['http://127.0.0.1:1/v1']);
    assert.equal(nobody.code, 1);
    assert.match(nobody.err, /^transport: could not connect/m);
});

// A server that sends the last event and keeps the connection, and the stream, open.
test('libcurl: what follows the end of an answer is not waited for', foreign('libcurl_chat'), async () => {
    const server = http.createServer((request, response) => {
        request.resume();
        response.setHeader('Content-Type', 'text/event-stream');
        response.write('data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
    });
    const { code, out, err } = await withService(server, (url) => run(program('libcurl_chat'), [url]));
    assert.equal(code, 0, err);
    assert.equal(out, 'Hi\n');
});

for (const name of ['tiny_server', 'blocking_server', 'foreign_server'])
    test(`${name}, and OpenAI's client`, foreign(name), async () => {
        const server = await startServer(name, ['0']);
        try {
            const openai = (apiKey) => new OpenAI({ baseURL: server.url + '/v1', apiKey, maxRetries: 0 });
            const client = openai('my-key');
            const request = { model: 'parrot', messages: [{ role: 'user', content: 'Polly wants \u00e4 cracker' }] };

            const answer = await client.chat.completions.create(request);
            assert.equal(answer.object, 'chat.completion');
            assert.equal(answer.model, 'parrot');
            assert.equal(answer.choices[0].message.content, 'Polly wants \u00e4 cracker ');
            assert.equal(answer.choices[0].finish_reason, 'stop');

            const chunks = [];
            for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) chunks.push(chunk);
            assert.deepEqual(
                chunks.map((chunk) => chunk.choices[0].delta.content).filter(Boolean),
                ['Polly ', 'wants ', '\u00e4 ', 'cracker '],
            );
            assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');

            assert.deepEqual((await client.models.list()).data.map((model) => model.id), ['parrot']);

            for (const stream of [false, true]) {
                await assert.rejects(openai('wrong').chat.completions.create({ ...request, stream }), {
                    status: 401, code: 'invalid_api_key',
                });
                await assert.rejects(client.chat.completions.create({ ...request, model: 'x', stream }), {
                    status: 404, code: 'model_not_found', param: 'model',
                });
                await assert.rejects(client.chat.completions.create({ ...request, messages: [], stream }), {
                    status: 400, param: 'messages', type: 'invalid_request_error',
                });
            }
        } finally {
            await server.kill();
        }
    });

test('a server that has its answers from another', async () => {
    const server = await startServer('relay', [gateway.url + '/v1', key, model, '0']);
    try {
        const client = new OpenAI({ baseURL: server.url + '/v1', apiKey: 'my-key', maxRetries: 0 });
        const request = { model: 'fast', messages: [{ role: 'user', content: 'Say hello.' }] };
        const answer = await client.chat.completions.create(request);
        assert.equal(answer.model, model); // what has answered
        assert.ok(answer.choices[0].message.content);
        let text = '';
        for await (const chunk of await client.chat.completions.create({ ...request, stream: true }))
            text += chunk.choices[0]?.delta.content ?? '';
        assert.equal(text, answer.choices[0].message.content);
    } finally {
        await server.kill();
    }
    const wrong = await startServer('relay', [gateway.url + '/v1', 'not-the-key', model, '0']);
    try {
        const client = new OpenAI({ baseURL: wrong.url + '/v1', apiKey: 'my-key', maxRetries: 0 });
        await assert.rejects(client.chat.completions.create({ model: 'fast', messages: [{ role: 'user', content: 'a' }] }), {
            status: 502, message: /answered with status 401/,
        });
        while (!/^api_refusal: .*401/m.test(wrong.child.err)) await once(wrong.child.stderr, 'data'); // the log
        assert.ok(!wrong.child.err.includes('not-the-key'));
    } finally {
        await wrong.kill();
    }
    assert.equal((await run(program('relay'), ['http://127.0.0.1'])).code, 2);
});

test('foreign_server, and curl', foreign('foreign_server'), async () => {
    const server = await startServer('foreign_server', ['0']);
    const curl = async (path, args, options) => {
        const { code, out } = await run('curl', ['-sS', '--max-time', '60', '-w', '\n%{http_code} %{content_type}',
            '-H', 'Authorization: Bearer my-key', ...args, server.url + path], options);
        const end = out.lastIndexOf('\n');
        return { code, body: out.slice(0, end), status: out.slice(end + 1) };
    };
    const body = (more) => JSON.stringify({ model: 'parrot', messages: [{ role: 'user', content: 'Hello, parrot' }], ...more });
    try {
        const whole = await curl('/v1/chat/completions', ['-d', body()]);
        assert.equal(whole.status, '200 application/json');
        assert.equal(JSON.parse(whole.body).choices[0].message.content, 'Hello, parrot ');

        const streamed = await curl('/v1/chat/completions', ['-N', '-d', body({ stream: true })]);
        assert.equal(streamed.status, '200 text/event-stream');
        assert.match(streamed.body, /\n\ndata: \[DONE\]\n\n$/);
        const texts = streamed.body.split('\n\n').filter((event) => event.startsWith('data: {'))
            .map((event) => JSON.parse(event.slice(6)).choices[0].delta.content);
        assert.deepEqual(texts.filter(Boolean), ['Hello, ', 'parrot ']);

        const refusals = [
            ['/v1/chat/completions', [], '405', /Method not allowed/],
            ['/v1/models', ['-d', '{}'], '405', /Method not allowed/],
            ['/v1/else', ['-d', '{}'], '404', /Not found/],
            ['/v1/else', [], '404', /Not found/],
            ['/v1/models/x', [], '404', /does not exist/],
            ['/v1/chat/completions', ['-d', '{'], '400', /JSON/],
            ['/v1/chat/completions', ['-d', body({ messages: 7 })], '400', /messages/],
        ];
        for (const [path, args, status, message] of refusals) {
            const answer = await curl(path, args);
            assert.equal(answer.status, `${status} application/json`, path);
            const { error } = JSON.parse(answer.body);
            assert.match(error.message, message, path);
            assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
        }
        const huge = 'x'.repeat(17 << 20);
        for (const framing of ['X-Framed: by-length', 'Transfer-Encoding: chunked']) {
            const answer = await curl('/v1/chat/completions', ['-H', 'Expect:', '-H', framing, '--data-binary', '@-'], { input: huge });
            assert.equal(answer.status, '413 application/json', framing);
        }
    } finally {
        await server.kill();
    }
});

// Each of these answers goes on for many minutes: a token can be read only if it comes by itself. And there are more of
// them than the engine has threads: the last is answered only if it is told that the callers before are gone.
test('foreign_server: tokens come one by one, and a caller may go', foreign('foreign_server'), async () => {
    const server = await startServer('foreign_server', ['0']);
    try {
        const client = new OpenAI({ baseURL: server.url + '/v1', apiKey: 'my-key', maxRetries: 0 });
        for (let i = 0; i < 20; ++i) {
            const stream = await client.chat.completions.create({
                model: 'parrot', stream: true, messages: [{ role: 'user', content: 'word '.repeat(20_000) }],
            });
            for await (const chunk of stream)
                if (chunk.choices[0].delta.content === 'word ') break;
        }
    } finally {
        await server.kill();
    }
});

test('the list of examples has them all', () => {
    const list = readFileSync(root + 'examples/README.md', 'utf8');
    for (const file of readdirSync(root + 'examples').filter((name) => name.endsWith('.cpp')))
        assert.ok(list.includes(`](${file})`), file);
    for (const [, file] of list.matchAll(/\]\(([^)]*)\)/g)) assert.ok(existsSync(root + 'examples/' + file), file);
});

test('refusals and wrong usage', async () => {
    const names = ['blocking_chat', 'coroutine_chat', 'stream', 'streams', 'own_transport', 'tool_call', 'tools', 'structured', 'own_dialect',
        'libcurl_chat'];
    for (const name of names.filter(built)) {
        const refused = await run(program(name), [gateway.url + '/v1', 'wrong']);
        assert.equal(refused.code, 1, name);
        assert.match(refused.out + refused.err, /401/);
        assert.ok((await run(program(name), [])).code > 0);
    }
});
