import { describe, expect, it } from 'vitest';
import { bodyOf, formOf, newHeader } from './sms_form';

const gateway = {
  url: 'https://sms.example.com/send', method: 'POST', content_type: 'text/plain', body: '{to} {text}',
  headers: [{ name: 'Authorization', has_value: true }], is_enabled: true, last_failure: null,
};

describe('The form of an SMS gateway', () => {
  it('leaves out a value that was not typed, so that the stored one stays', () => {
    expect(bodyOf(formOf(gateway)).headers).toEqual([{ name: 'Authorization' }]);
  });
  it('sends a value that was typed, and no empty line', () => {
    const form = formOf(gateway);
    form.headers = [{ ...newHeader(' X-Key '), value: 'secret' }, newHeader('Authorization'), newHeader()];
    expect(bodyOf(form).headers).toEqual([{ name: 'X-Key', value: 'secret' }]);
  });
});
