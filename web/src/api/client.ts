import { homeOf } from './home';
import { Refusal, refusalFrom } from './refusal';
import type { Upload } from './types';

const base = '/native';
const upload_timeout_ms = 300_000;
const request_timeout_ms = 30_000;

let csrf_token: string | null = null;
const signed_out_listeners = new Set<() => void>();

/** The token of the present session, sent with every write. */
export function setCsrfToken(token: string | null): void {
  csrf_token = token;
}

/** Calls `listener` when the server says that the session is over. Returns the way to stop. */
export function onSignedOut(listener: () => void): () => void {
  signed_out_listeners.add(listener);
  return () => signed_out_listeners.delete(listener);
}

export type QueryValue = string | number | boolean | null | undefined | object;

/** Joins a path and its query; null and undefined are left out, objects become JSON. */
export function address(path: string, query: Record<string, QueryValue> = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    words.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = words.toString();
  return text === '' ? path : `${path}?${text}`;
}

export function get<T>(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal): Promise<T> {
  return send<T>('GET', address(path, query), undefined, signal);
}

export function post<T>(path: string, body?: unknown): Promise<T> {
  return send<T>('POST', path, body ?? {});
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PUT', path, body);
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return send<T>('PATCH', path, body);
}

export function remove<T = void>(path: string, body?: unknown): Promise<T> {
  return send<T>('DELETE', path, body);
}

/** How many bytes a browser still sends for a page that is being left. */
export const leaving_bytes_max = 60_000;

/** Sends what must arrive although the page may be left meanwhile; longer than `leaving_bytes_max` it needs the page. */
export function postSurely<T>(path: string, body: unknown): Promise<T> {
  return send<T>('POST', path, body, undefined, JSON.stringify(body).length * 3 <= leaving_bytes_max);
}

/** Sends while the page is being left: the answer is not waited for. */
export function postWhileLeaving(path: string, body: unknown): void {
  void fetch(base + path, {
    method: 'POST',
    keepalive: true,
    headers: { 'Content-Type': 'application/json', ...writeHeaders() },
    body: JSON.stringify(body),
    credentials: 'same-origin',
  }).catch(() => undefined);
}

/** Sends one file. Refuses what the server refuses, `too_large` above its limit. */
export async function upload(org: string, file: File): Promise<Upload> {
  const form = new FormData();
  form.append('file', file, file.name);
  const answer = await fetchOrRefuse(`${base}${homeOf(org)}/uploads`, {
    method: 'POST',
    headers: writeHeaders(),
    body: form,
    signal: AbortSignal.timeout(upload_timeout_ms),
  });
  return read<Upload>(answer);
}

/** Sends a form with a file, which may take its time. */
export async function postForm<T>(path: string, form: FormData): Promise<T> {
  const answer = await fetchOrRefuse(base + path, {
    method: 'POST', headers: writeHeaders(), body: form, signal: AbortSignal.timeout(upload_timeout_ms),
  });
  return read<T>(answer);
}

/** Asks for a file and hands it to the browser to keep. */
export async function download(method: 'GET' | 'POST', path: string, file_name: string, body?: unknown): Promise<void> {
  const answer = await fetchOrRefuse(base + path, {
    method,
    headers: method === 'GET' ? {} : { 'Content-Type': 'application/json', ...writeHeaders() },
    body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(upload_timeout_ms),
  });
  if (!answer.ok) return read<undefined>(answer);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = file_name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), request_timeout_ms);
  return undefined;
}

async function send<T>(method: string, path: string, body: unknown, signal?: AbortSignal, keepalive = false): Promise<T> {
  const headers: Record<string, string> = method === 'GET' ? {} : writeHeaders();
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const timeout = AbortSignal.timeout(request_timeout_ms);
  const answer = await fetchOrRefuse(base + path, {
    method, keepalive,
    headers: { Accept: 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  return read<T>(answer);
}

function writeHeaders(): Record<string, string> {
  return csrf_token === null ? {} : { 'X-CSRF-Token': csrf_token };
}

async function fetchOrRefuse(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw unanswered(error);
  }
}

/** What the caller took back itself is no refusal. */
function unanswered(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  return new Refusal({
    kind: 'unreachable', code: 'unreachable', field: null, faults: [],
    message: 'The server did not answer. Check the connection and try again.',
  });
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  // An answer that broke off on its way must not be kept as data.
  if (answer.ok) return answer.json().catch((error: unknown) => { throw unanswered(error); }) as Promise<T>;
  const body: unknown = await answer.json().catch(() => null);
  const refusal = refusalFrom(answer.status, body, answer.headers.get('Retry-After'));
  if (refusal.kind === 'unauthenticated' && isOver(refusal.code))
    for (const listener of signed_out_listeners) listener();
  throw refusal;
}

/** Wrong words on the sign-in page are no lost session. */
function isOver(code: string): boolean {
  return !['wrong_credentials', 'totp_required', 'totp_wrong'].includes(code);
}
