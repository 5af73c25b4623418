import type { Fault, RefusalBody, RefusalKind } from './types';

/** An answer the server gave on purpose; a person can act on it. */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly field: string | null;
  readonly faults: Fault[];
  readonly retry_after_seconds: number | null;
  /** Nobody can sign in yet: the program has no organisation. */
  readonly setup_needed: boolean;

  constructor(body: RefusalBody, retry_after_seconds: number | null = null) {
    super(body.message);
    this.name = 'Refusal';
    this.kind = body.kind;
    this.code = body.code;
    this.field = body.field;
    this.faults = body.faults;
    this.retry_after_seconds = retry_after_seconds;
    this.setup_needed = body.setup_needed === true;
  }
}

/** Any thrown thing as a refusal, so that screens have one shape to show. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Refusal({ kind: 'unreachable', code: 'unreachable', message, field: null, faults: [] });
}

/** Faults that were found before the server was asked, in the shape of its own. */
export function refusalOf(faults: Fault[]): Refusal {
  return new Refusal({ kind: 'invalid', code: 'invalid', message: '', field: null, faults });
}

/** The faults by field name, for showing them beside the inputs. The first of a field wins. */
export function faultsByField(refusal: Refusal): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const fault of refusal.faults)
    if (fault.field !== null && !faults.has(fault.field)) faults.set(fault.field, fault);
  if (refusal.field !== null && !faults.has(refusal.field))
    faults.set(refusal.field, { field: refusal.field, code: refusal.code, message: refusal.message });
  return faults;
}

export function refusalFrom(status: number, body: unknown, retry_after: string | null): Refusal {
  const error = (body as { error?: Partial<RefusalBody> } | null)?.error;
  const { setup_needed } = (body ?? {}) as { setup_needed?: boolean };
  const seconds = retry_after === null ? NaN : Number(retry_after);
  return new Refusal(
    {
      kind: error?.kind ?? kindOfStatus(status),
      code: error?.code ?? `status_${status}`,
      message: error?.message ?? `The server answered ${status}.`,
      field: error?.field ?? null,
      faults: error?.faults ?? [],
      setup_needed,
    },
    Number.isFinite(seconds) ? seconds : null,
  );
}

function kindOfStatus(status: number): RefusalKind {
  const kinds: Record<number, RefusalKind> = {
    400: 'invalid', 401: 'unauthenticated', 403: 'forbidden', 404: 'not_found', 409: 'conflict',
    413: 'too_large', 422: 'invalid', 503: 'busy',
  };
  return kinds[status] ?? 'unreachable';
}
