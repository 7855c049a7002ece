// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Processes that die, or stop, while many callers have answers of theirs: the service behind the gateway, the gateway,
// and the data base. Nobody takes half an answer for a whole one, no session keeps half a turn, the next request is
// served, and the gateway holds nothing open. With each of the gateway's drivers. (What is stored survives: store.test.mjs)
import assert from 'node:assert/strict';
import http from 'node:http';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from './postgres.mjs';
import { key, pathorsPath, randomName, root, startServer } from './programs.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'chatwire-kill-'));
const cleanups = [() => rmSync(folder, { recursive: true })];
after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
});

async function until(holds) {
    for (const end = Date.now() + 60_000; !(await holds()); await sleep(5))
        if (Date.now() > end) throw new Error(`not in a minute: ${holds}`);
}

// ---- the service -------------------------------------------------------------------------------------------------------

// test/npm/upstream.mjs as a process, always at the same port.
async function startUpstream(port = 0) {
    const upstream = await startServer(process.execPath, [path.join(root, 'test/npm/upstream.mjs'), String(port)]);
    cleanups.push(() => upstream.kill());
    return upstream;
}

// ---- gateways ----------------------------------------------------------------------------------------------------------

const drivers = { coroutine: ['--threads', '2'], blocking: ['--blocking'] };
let files = 0;

async function startGateway(driver, upstream, store = 'memory') {
    const file = path.join(folder, `${++files}.json`);
    const provider = (id, more) => ({ id, provider: 'custom', base_url: `${upstream.url}/v1`, secret: { value: 'sk-upstream' }, ...more });
    writeFileSync(file, JSON.stringify({
        keys: [key],
        models: [{ id: 'up', provider: 'aip_up' }, { id: 'impatient', provider: 'aip_impatient' }],
        projects: [{ id: 'prj_demo', keys: [key], pathway: { provider: 'aip_up', model: 'any' } }],
        providers: [provider('aip_up'), provider('aip_impatient', { idle_timeout_ms: 300 })],
    }));
    const gateway = await startServer('gateway', ['--config', file, '--port', '0', '--store', store, ...drivers[driver]]);
    cleanups.push(() => gateway.kill());
    gateway.descriptors = () => readdirSync(`/proc/${gateway.child.pid}/fd`).length;
    return gateway;
}

// One answer over a connection of its own, as far as it came: { status, text, whole }. `begun` is called when something
// of it is there.
function ask(gateway, place, body, begun = () => {}) {
    return new Promise((resolve) => {
        const answer = { status: 0, text: '', whole: false };
        const request = http.request(gateway.url + place, {
            method: 'POST', agent: false, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });
        request.on('response', (response) => {
            answer.status = response.statusCode;
            response.setEncoding('utf8');
            response.on('data', (piece) => {
                const first = !answer.text.includes('data: ');
                answer.text += piece;
                if (first && answer.text.includes('data: ')) begun();
            });
            response.on('end', () => (answer.whole = true));
            response.on('error', () => {});
        });
        request.on('error', () => {}); // the connection broke
        request.on('close', () => resolve(answer));
        request.end(JSON.stringify(body));
    });
}

const v1 = '/v1/chat/completions';
const said = (content, stream, model = 'up') => ({ model, stream, messages: [{ role: 'user', content }] });
const contents = (text) => text.split('\n').filter((line) => /^data: \{/.test(line)).map((line) => JSON.parse(line.slice(6)))
    .map((chunk) => chunk.choices?.[0]?.delta.content ?? '').join('');
const finished = ({ text }) => /\[DONE\]|"finish_reason":"/.test(text);

// A caller with good manners: what was said, whether that was answered, and whether it was told if not.
async function askFor(gateway, manner, name, stream, model) {
    const answer = await ask(gateway, v1, said(`${manner} ${name}`, stream, model));
    if (finished(answer)) {
        const got = stream ? contents(answer.text) : JSON.parse(answer.text).choices[0].message.content;
        assert.equal(got, name, 'an answer that is none has finished');
        return true;
    }
    assertFailed(answer);
    return false;
}

// It has failed, and its caller has been told.
function assertFailed(answer) {
    assert.ok(answer.whole, 'the gateway breaks off nothing');
    assert.ok(!finished(answer), answer.text);
    if (answer.status === 502) return assert.ok(JSON.parse(answer.text).error.message);
    assert.equal(answer.status, 200, answer.text);
    const last = answer.text.trim().split('\n\n').at(-1);
    assert.ok(last.startsWith('data: {'), answer.text);
    assert.ok(JSON.parse(last.slice(6)).error.message, answer.text);
}

async function assertServes(gateway) {
    for (const stream of [false, true]) assert.ok(await askFor(gateway, 'good', randomName(), stream), 'the next request');
}

// Turns in a session, one after the other; what was finished is there, and nothing that is half.
async function talk(gateway, going) {
    const session_id = randomName();
    const done = [];
    while (going()) {
        const name = randomName();
        const answer = await ask(gateway, `${pathorsPath}/chat/completions`, { ...said(`slow ${name}`, Math.random() < 0.7), session_id });
        if (finished(answer)) done.push(`slow ${name}`);
        else await sleep(10);
    }
    return { session_id, done };
}

async function assertSession(gateway, { session_id, done }) {
    const response = await fetch(`${gateway.url}${pathorsPath}/session/${session_id}`, { headers: { authorization: `Bearer ${key}` } });
    if (response.status === 404) return assert.deepEqual(done, []);
    const { messages } = (await response.json()).data;
    assert.equal(messages.length % 2, 0, 'half a turn');
    messages.forEach(({ role, content }, i) => {
        assert.equal(role, i % 2 ? 'assistant' : 'user', 'half a turn');
        if (i % 2) assert.equal(content, messages[i - 1].content.slice('slow '.length), 'half an answer');
    });
    const kept = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
    for (const turn of done) assert.equal(kept.filter((content) => content === turn).length, 1, 'a turn is lost, or there twice');
}

for (const driver of Object.keys(drivers)) {
    test(`kill -9 of the service, whatever it was doing (${driver})`, async () => {
        let upstream = await startUpstream();
        const gateway = await startGateway(driver, upstream);
        await assertServes(gateway);
        const before = gateway.descriptors();
        for (let round = 0; round < 2; round++) {
            let begun = 0;
            const answers = [];
            for (let i = 0; i < 12; i++) {
                for (const manner of ['steady', 'pauses']) answers.push(ask(gateway, v1, said(manner, true), () => begun++)); // in mid-stream
                answers.push(ask(gateway, v1, said(i % 2 ? 'silent' : 'late', i % 3 > 0))); // before its head, and after it
                answers.push(ask(gateway, v1, said('steady', false))); // in the middle of a whole answer
            }
            await until(() => begun === 24);
            await upstream.kill();
            const all = await Promise.all(answers);
            all.forEach(assertFailed);
            assert.equal(all.filter(({ text }) => text.includes('half')).length, 24, 'what had come was passed on');
            const none = await ask(gateway, v1, said('good x', round > 0));
            assert.equal(none.status, 502);
            assertFailed(none);
            upstream = await startUpstream(upstream.port);
            await assertServes(gateway);
        }
        await until(() => gateway.descriptors() <= before);
        await gateway.stop();
    });

    test(`a service that stops, and goes on (${driver})`, async () => {
        const upstream = await startUpstream();
        const gateway = await startGateway(driver, upstream);
        await assertServes(gateway);
        const before = gateway.descriptors();
        const long = () => 'x'.repeat(60) + randomName();
        const patient = Array.from({ length: 12 }, (_, i) => askFor(gateway, 'slow', long(), i % 4 > 0));
        let begun = 0;
        const impatient = Array.from({ length: 12 }, () => ask(gateway, v1, said('steady', true, 'impatient'), () => begun++));
        await until(() => begun === 12);
        upstream.child.kill('SIGSTOP');
        const late = [false, true].map((stream) => ask(gateway, v1, said('good x', stream, 'impatient'))); // it is connected to, and no more
        for (const answer of await Promise.all([...impatient, ...late])) {
            assertFailed(answer);
            assert.match(answer.text, /in time/);
        }
        upstream.child.kill('SIGCONT');
        assert.ok((await Promise.all(patient)).every(Boolean), 'who waits gets all of it');
        await assertServes(gateway);
        await until(() => gateway.descriptors() <= before);
        await gateway.stop();
    });

    test(`kill -9 of the service again and again, under load (${driver})`, async () => {
        let upstream = await startUpstream();
        const gateway = await startGateway(driver, upstream, `sqlite:${path.join(folder, `${driver}.db`)}`);
        let over = false;
        const outcomes = [0, 0];
        const callers = Array.from({ length: 12 }, async (_, i) => {
            while (!over) {
                const done = await askFor(gateway, 'slow', randomName(), i % 4 > 0);
                outcomes[Number(done)]++;
                if (!done) await sleep(10);
            }
        });
        const talkers = Array.from({ length: 4 }, () => talk(gateway, () => !over));
        try {
            for (let i = 0; i < 4; i++) {
                const wanted = outcomes[1] + 6;
                await until(() => outcomes[1] >= wanted);
                await sleep(Math.random() * 50);
                await upstream.kill();
                upstream = await startUpstream(upstream.port);
            }
            const wanted = outcomes[1] + 6;
            await until(() => outcomes[1] >= wanted);
        } finally {
            over = true;
        }
        await Promise.all(callers);
        assert.ok(outcomes[0] > 0, 'no answer was in flight');
        for (const talker of await Promise.all(talkers)) await assertSession(gateway, talker);
        await assertServes(gateway);
        await gateway.stop();
    });

    test(`kill -9 of the gateway while callers have their answers (${driver})`, async () => {
        const upstream = await startUpstream();
        const store = `sqlite:${path.join(folder, `killed-${driver}.db`)}`;
        let gateway = await startGateway(driver, upstream, store);
        let begun = 0;
        const answers = Array.from({ length: 16 }, (_, i) => ask(gateway, v1, said(i % 2 ? 'steady' : 'pauses', true), () => begun++));
        let over = false;
        const talkers = Array.from({ length: 4 }, () => talk(gateway, () => !over));
        await until(() => begun === 16);
        await gateway.kill();
        over = true;
        for (const answer of await Promise.all(answers)) {
            assert.ok(!answer.whole, 'a broken connection is not an end');
            assert.ok(!finished(answer));
        }
        const told = await Promise.all(talkers);
        await until(async () => (await (await fetch(`${upstream.url}/open`)).json()).open === 0); // nobody is left waiting there
        gateway = await startGateway(driver, upstream, store);
        for (const talker of told) await assertSession(gateway, talker);
        await assertServes(gateway);
        await gateway.stop();
    });
}

// (before the tests of it are told of: the runner takes what it knows of for everything)
const postgres = await startPostgres('fsync=off');
cleanups.push(() => postgres?.stop());

for (const driver of Object.keys(drivers))
    test(`kill -9 of the data base in the middle of answers (${driver})`, { skip: postgres ? false : 'PostgreSQL is not installed' }, async () => {
        assert.ok(await postgres.tell(`sql CREATE DATABASE kill_${driver}`));
        const upstream = await startUpstream();
        const gateway = await startGateway(driver, upstream, postgres.url.replace('/postgres?', `/kill_${driver}?`));
        const before = gateway.descriptors();
        let over = false;
        const talkers = Array.from({ length: 12 }, () => talk(gateway, () => !over));
        const streams = Array.from({ length: 4 }, async () => {
            while (!over) assert.ok(await askFor(gateway, 'slow', randomName(), true), 'who needs no data base does not notice');
        });
        await sleep(100 + Math.random() * 50);
        assert.ok(await postgres.tell('crash'));
        await sleep(200);
        over = true;
        await Promise.all(streams);
        for (const talker of await Promise.all(talkers)) await assertSession(gateway, talker);
        const session_id = randomName();
        assert.ok(finished(await ask(gateway, `${pathorsPath}/chat/completions`, { ...said('good x', true), session_id })));
        // what a gateway keeps open to its data base is 8 connections at most, and as many broke
        await until(() => gateway.descriptors() <= before + 8);
        await gateway.stop();
    });
