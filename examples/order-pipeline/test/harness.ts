import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, SQSBatchResponse } from 'aws-lambda';

export interface OrderItem {
  sku: string;
  quantity: number;
  unitPriceCents: number;
}

export interface Order {
  orderId: string;
  customerId: string;
  items: OrderItem[];
  placedAt: string;
}

export type LogLine = Record<string, unknown>;

type Log = (message: string, fields?: Record<string, unknown>) => void;

interface OrderCommon {
  readonly InvalidOrderError: new (...args: unknown[]) => Error & { readonly field: string };
  createLogger(context?: Partial<Context> | null): Record<'info' | 'warn' | 'error', Log>;
  hasTimeLeft(context: Partial<Context> | undefined, marginMs: number): boolean;
  parseOrders(text: string): { orders: Order[]; rejected: { line: number; reason: string }[] };
  requireEnv(name: string): string;
  validateOrder(value: unknown): Order;
}

interface LambdaModule<Result> {
  handler(event: unknown, context?: Partial<Context>): Promise<Result>;
}

export interface ReceiveResult {
  files: number;
  sent: number;
  rejected: number;
  ignored: number;
}

// The functions and the layer are plain JavaScript: requireActual loads them with the types from above.
export const orderCommon = jest.requireActual<OrderCommon>('order-common');
export const receiveOrders = jest.requireActual<LambdaModule<ReceiveResult>>('../functions/receive-orders/index.js');
export const storeOrders = jest.requireActual<LambdaModule<SQSBatchResponse>>('../functions/store-orders/index.js');

export function readSample(name: string): string {
  return readFileSync(join(__dirname, '..', 'events', name), 'utf-8');
}

export function loadEvent<Event = unknown>(name: string): Event {
  return JSON.parse(readSample(name)) as Event;
}

/** Collects what is logged from here to the end of the test. */
export function captureLogs(): LogLine[] {
  const lines: LogLine[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    const text = String(chunk);
    if (!/^[^\n]+\n$/.test(text)) throw new Error(`A log line must be one line, but is ${JSON.stringify(text)}`);
    lines.push(JSON.parse(text) as LogLine);
    return true;
  });
  return lines;
}

/** The log lines with this message, which must exist: a test on none of them would pass for nothing. */
export function linesWith(lines: LogLine[], message: string): LogLine[] {
  const found = lines.filter((line) => line.message === message);
  if (found.length === 0) {
    throw new Error(`No log line "${message}", but only: ${lines.map((line) => String(line.message)).join(', ')}`);
  }
  return found;
}

export function anOrder(overrides: Partial<Order> = {}): Order {
  return {
    orderId: 'ORD-1',
    customerId: 'CUST-1',
    items: [{ sku: 'MUG-BLUE', quantity: 1, unitPriceCents: 1250 }],
    placedAt: '2026-03-01T08:00:00.000Z',
    ...overrides,
  };
}
