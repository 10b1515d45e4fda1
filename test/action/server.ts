import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on a free port of this machine. */
export type Server = { url: string; close(): Promise<void> };

/** Starts a server; what its handler throws is answered with 500. */
export async function startServer(
  handle: (
    request: IncomingMessage,
    body: Buffer,
    url: URL,
  ) => { status?: number; type?: string; body?: unknown },
): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const body = await bodyOf(request);
      answer(response, handle(request, body, new URL(request.url ?? '/', 'http://server')));
    } catch (error) {
      answer(response, { status: 500, body: String(error) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function answer(
  response: ServerResponse,
  { status = 200, type, body = '' }: { status?: number; type?: string; body?: unknown },
) {
  const isBytes = Buffer.isBuffer(body);
  response.writeHead(status, {
    'content-type': type ?? (isBytes ? 'application/octet-stream' : 'application/json'),
  });
  response.end(isBytes || typeof body === 'string' ? body : JSON.stringify(body));
}
