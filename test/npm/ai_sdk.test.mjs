// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Vercel's AI SDK, through its provider for OpenAI-compatible services.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, isStepCount, streamText, tool } from 'ai';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { key, model, pathorsPath, randomName, startGateway } from './programs.mjs';

let gateway;
before(async () => (gateway = await startGateway()));
after(() => gateway.stop());

const surfaces = { plain: ['/v1', model], pathors: [pathorsPath, 'pathway-default'] };

for (const [surface, [path, id]] of Object.entries(surfaces)) {
    const chat = () =>
        createOpenAICompatible({ name: 'chatwire', baseURL: gateway.url + path, apiKey: key, includeUsage: true })(id);

    test(`generateText (${surface})`, async () => {
        const name = randomName();
        const answer = await generateText({
            model: chat(),
            maxRetries: 0,
            messages: [
                { role: 'user', content: `Hello, my name is ${name}.` },
                { role: 'assistant', content: 'Hello.' },
                { role: 'user', content: 'What is my name?' },
            ],
        });
        assert.ok(answer.text.includes(name));
        assert.equal(answer.finishReason, 'stop');
        assert.equal(answer.response.modelId, id);
    });

    test(`streamText (${surface})`, async () => {
        const failures = [];
        const answer = streamText({
            model: chat(),
            maxRetries: 0,
            prompt: 'I am worried about my work.',
            onError: ({ error }) => failures.push(error),
        });
        const pieces = [];
        for await (const piece of answer.textStream) pieces.push(piece);
        assert.deepEqual(failures, []);
        assert.ok(pieces.length > 2);
        assert.equal(await answer.text, pieces.join(''));
        assert.equal(await answer.finishReason, 'stop');
    });

    for (const streaming of [false, true]) {
        test(`a tool (${surface}, ${streaming ? 'stream' : 'whole'})`, async () => {
            const mark = randomName();
            let called = 0;
            const options = {
                model: chat(),
                maxRetries: 0,
                prompt: 'Please call get_weather for Lisbon.',
                stopWhen: isStepCount(3),
                tools: {
                    get_weather: tool({
                        description: 'The weather in a city.',
                        inputSchema: z.object({ city: z.string().optional() }).loose(),
                        execute: async () => {
                            ++called;
                            return `sunny ${mark}`;
                        },
                    }),
                },
            };
            let text;
            if (streaming) {
                const answer = streamText(options);
                await answer.consumeStream();
                text = await answer.text;
            } else {
                text = (await generateText(options)).text;
            }
            assert.equal(called, 1);
            assert.ok(text.includes(mark), text);
        });
    }

    test(`a wrong key (${surface})`, async () => {
        const stranger = createOpenAICompatible({ name: 'chatwire', baseURL: gateway.url + path, apiKey: 'wrong' });
        await assert.rejects(
            generateText({ model: stranger(id), maxRetries: 0, prompt: 'Hello' }),
            (error) => error.statusCode === 401,
        );
    });
}

test('leaving a stream', async () => {
    const provider = createOpenAICompatible({ name: 'chatwire', baseURL: gateway.url + '/v1', apiKey: key });
    const leave = new AbortController();
    const answer = streamText({
        model: provider(model),
        maxRetries: 0,
        prompt: 'Tell me a long story.',
        abortSignal: leave.signal,
        onError: () => {},
    });
    for await (const piece of answer.textStream) {
        assert.ok(piece);
        leave.abort();
        break;
    }
    const after = await generateText({ model: provider(model), maxRetries: 0, prompt: 'Still there?' });
    assert.equal(after.finishReason, 'stop');
});
