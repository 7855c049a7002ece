// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// decode.mjs openai|eventsource-parser FILE PIECE: decodes the stream in FILE, which comes in pieces of that many bytes,
// once for each line of standard input, and prints the nanoseconds it took. Before that, prints the sum of what
// contender.hpp's touch() says of the chunks.

import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createParser } from 'eventsource-parser'
import { Stream } from 'openai/streaming'

const [which, file, size] = process.argv.slice(2)
const body = readFileSync(file)
const pieces = []
for (let at = 0; at < body.length; at += Number(size)) pieces.push(new Uint8Array(body.subarray(at, at + Number(size))))

// what is in text, in bytes; or in what strings have a length in, which costs nothing
const bytes = (text) => Buffer.byteLength(text ?? '')
const units = (text) => text?.length ?? 0

function touch(chunk, length) {
    let sum = length(chunk.id) + chunk.created + length(chunk.model) + length(chunk.obfuscation)
    for (const { delta, finish_reason } of chunk.choices) {
        sum += length(delta.content) + length(delta.reasoning_content) + (finish_reason ? 1 : 0)
        for (const call of delta.tool_calls ?? []) sum += length(call.function?.arguments)
    }
    return sum + (chunk.usage?.total_tokens ?? 0)
}

const decoders = {
    async openai(length) {
        let sum = 0
        let next = 0
        const source = new ReadableStream({
            pull(controller) {
                if (next < pieces.length) controller.enqueue(pieces[next++])
                else controller.close()
            },
        })
        for await (const chunk of Stream.fromSSEResponse(new Response(source), new AbortController())) sum += touch(chunk, length)
        return sum
    },
    async 'eventsource-parser'(length) {
        let sum = 0
        const text = new TextDecoder()
        const parser = createParser({
            onEvent({ data }) {
                if (data !== '[DONE]') sum += touch(JSON.parse(data), length)
            },
        })
        for (const piece of pieces) parser.feed(text.decode(piece, { stream: true }))
        return sum
    },
}

const decode = decoders[which]
console.log(String(await decode(bytes)))
for (let i = 0; i < 20; ++i) await decode(units) // so that it is compiled
for await (const _ of createInterface({ input: process.stdin })) {
    const before = process.hrtime.bigint()
    await decode(units)
    console.log(String(process.hrtime.bigint() - before))
}
