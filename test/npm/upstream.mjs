// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// A service for a gateway to ask, which does what it is told: the first word of the last message says how the rest of it
// comes back. Imported, it listens in this process; run by itself, it is a process that can be killed.
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const event = (delta, finish_reason = null) =>
    `data: ${JSON.stringify({ id: 'up', object: 'chat.completion.chunk', created: 7, model: 'up', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const finished = event({}, 'stop') + 'data: [DONE]\n\n';
const whole = (content) =>
    JSON.stringify({ id: 'up', object: 'chat.completion', created: 7, model: 'up', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] });

function begin(res, stream) {
    res.writeHead(200, { 'Content-Type': stream ? 'text/event-stream' : 'application/json' });
}
function refuse(res, status, message) {
    res.writeHead(status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ error: { message, type: 'server_error' } }));
}
// Half an answer, and then?
function half(res, stream, then) {
    begin(res, stream);
    res.write(stream ? event({ content: 'half' }) : whole('half').slice(0, 50), then);
}

const manners = {
    good(res, stream, rest) {
        begin(res, stream);
        res.end(stream ? [...rest].map((content) => event({ content })).join('') + finished : whole(rest));
    },
    async slow(res, stream, rest) {
        begin(res, stream);
        for (const content of stream ? rest : '') {
            res.write(event({ content }));
            await sleep(5);
            if (res.destroyed) return;
        }
        res.end(stream ? finished : whole(rest));
    },
    // for as long as somebody takes it
    endless(res, stream) {
        begin(res, stream);
        const content = 'x'.repeat(1000);
        const more = () => {
            while (!res.destroyed && res.write(event({ content }))) continue;
        };
        res.on('drain', more);
        more();
    },
    // a piece now and then, for ever
    steady(res, stream) {
        half(res, stream);
        const timer = setInterval(() => res.write(stream ? event({ content: 'more' }) : ' '), 20);
        res.on('close', () => clearInterval(timer));
    },
    silent() {},
    late: (res, stream) => begin(res, stream),
    pauses: (res, stream) => half(res, stream),
    busy: (res) => refuse(res, 429, 'Slow down'),
    broken: (res) => refuse(res, 500, 'Out of order'),
    page(res) {
        res.writeHead(200, { 'Content-Type': 'text/html' });
        res.end('<html><p>Sign in</p></html>');
    },
    hangs_up: (res) => res.destroy(),
    breaks: (res, stream) => half(res, stream, () => res.destroy()),
    ends: (res, stream) => half(res, stream, () => res.end()),
    fails: (res, stream) => half(res, stream, () => res.end(stream ? 'data: {"error":{"message":"overloaded"}}\n\n' : '')),
    garbage: (res, stream) => half(res, stream, () => res.end('data: {"choices":[{"del\n\n')),
};

// { url, port, requests, open: how many it has not ended and was not left with; also at /open; stop() }
export async function startUpstream(port = 0) {
    const up = { requests: 0, open: 0 };
    const server = http.createServer(async (req, res) => {
        if (req.url === '/open') return res.end(JSON.stringify({ open: up.open }));
        up.requests++;
        up.open++;
        res.on('close', () => up.open--);
        res.on('error', () => {}); // the caller has gone
        try {
            let text = '';
            for await (const piece of req) text += piece;
            const { stream, messages } = JSON.parse(text);
            const said = messages.at(-1).content;
            const [first] = said.split(' ', 1);
            const manner = manners[first] ?? manners.good;
            await manner(res, Boolean(stream), manners[first] ? said.slice(first.length + 1) : said);
        } catch {
            res.destroy();
        }
    });
    server.keepAliveTimeout = 60_000;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    up.port = server.address().port;
    up.url = `http://127.0.0.1:${up.port}`;
    up.stop = async () => {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
    };
    return up;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { url } = await startUpstream(Number(process.argv[2] ?? 0));
    console.log(`listening on ${url}`);
    process.stdin.on('end', () => process.exit()).resume(); // whoever started it has gone
}
