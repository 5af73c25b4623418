import type { SmsGateway } from '@/api';

export interface SmsFormHeader {
  /** Tells the lines of the form apart. */
  key: number;
  name: string;
  value: string;
  has_value: boolean;
}

export interface SmsForm {
  url: string;
  method: string;
  content_type: string;
  body: string;
  headers: SmsFormHeader[];
  is_enabled: boolean;
}

export const methods = ['POST', 'GET', 'PUT'];
export const content_types = ['application/json', 'application/x-www-form-urlencoded', 'application/xml', 'text/plain'];
export const headers_max = 5;

let keys_given = 0;

export function newHeader(name = '', has_value = false): SmsFormHeader {
  keys_given += 1;
  return { key: keys_given, name, value: '', has_value };
}

export function formOf(gateway: SmsGateway | null): SmsForm {
  if (gateway === null)
    return {
      url: '', method: 'POST', content_type: 'application/json', body: '{"to": "{to}", "text": "{text}"}',
      headers: [newHeader('Authorization')], is_enabled: true,
    };
  const { url, method, content_type, body, headers, is_enabled } = gateway;
  return { url, method, content_type, body, is_enabled, headers: headers.map(({ name, has_value }) => newHeader(name, has_value)) };
}

/** What goes to the server: a value that was not typed is left out and stays; lines without anything are none. */
export function bodyOf(form: SmsForm): Record<string, unknown> {
  const headers = form.headers
    .filter(({ name, value, has_value }) => name.trim() !== '' && (has_value || value !== ''))
    .map(({ name, value }) => (value === '' ? { name: name.trim() } : { name: name.trim(), value }));
  const { url, method, content_type, body, is_enabled } = form;
  return { url, method, content_type, body, is_enabled, headers };
}
