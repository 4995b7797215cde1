'use strict';

const { spawn } = require('node:child_process');
const http = require('node:http');

/** Far more than any client needs to come to its first question. */
const TIMEOUT = 30_000;

/**
 * Starts a runtime interface client against a runtime API of our own, and tells what it comes to: it asks for the first event, it
 * reports that it could not start, or neither.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
async function startClient(command, args, options) {
  const server = http.createServer();
  const asked = new Promise((resolve) => server.on('request', (request, response) => answer(request, response, resolve)));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = spawn(command, args, { ...options, env: { ...options.env, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}` } });
  let output = '';
  [client.stdout, client.stderr].forEach((stream) => stream.on('data', (data) => output += data));
  const ended = new Promise((resolve) => client.on('close', () => resolve({ outcome: `its end without a word: ${firstLines(output)}` })));
  const late = new Promise((resolve) => setTimeout(resolve, TIMEOUT, { outcome: `nothing in time: ${firstLines(output)}` }).unref());
  const outcome = await Promise.race([asked, ended, late]);
  client.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  return outcome;
}

function firstLines(output) {
  return output.split('\n').filter((line) => line.trim() !== '').slice(0, 6).join(' / ');
}

function answer(request, response, resolve) {
  let body = '';
  request.on('data', (data) => body += data);
  request.on('end', () => {
    if (request.url.endsWith('/runtime/invocation/next')) return resolve({ outcome: 'next' });
    response.writeHead(202, { 'Content-Type': 'application/json' }).end('{}');
    if (!request.url.endsWith('/runtime/init/error')) return resolve({ outcome: `a request to ${request.url}` });
    const { errorType, errorMessage } = JSON.parse(body);
    return resolve({ outcome: 'error', type: errorType, message: String(errorMessage).split('\n')[0] });
  });
}

module.exports = { startClient };
