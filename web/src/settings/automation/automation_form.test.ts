import { describe, expect, it } from 'vitest';
import { htmlOfText, newAction, ruleBody, ruleForm, textOfHtml, wordsFor } from './automation_form';

describe('the form of a rule', () => {
  it('gives back what it was given', () => {
    const rule = {
      id: '1', name: 'Hot', position: 1, is_active: false, department: { id: '5', title: 'Support' }, event: 'ticket_updated' as const,
      conditions: {}, changed: { field: 'priority', to: 'urgent' }, timing: null, actions: [{ do: 'escalate' as const }], problem: null,
    };
    expect(ruleBody(ruleForm(rule, []))).toEqual({
      name: 'Hot', is_active: false, department: '5', event: 'ticket_updated', changed: { field: 'priority', to: 'urgent' },
      conditions: {}, actions: [{ do: 'escalate' }],
    });
  });
  it('begins with one action for all departments', () => {
    expect(ruleBody({ ...ruleForm(null, []), name: 'New' })).toMatchObject({ department: null, changed: null, actions: [newAction('set_field')] });
  });
});

describe('texts of actions', () => {
  it('are paragraphs that come back as they were typed', () => {
    const text = 'Hello <you> & "me",\nhow are you?\n\nRegards';
    expect(htmlOfText(text)).toBe('<p>Hello &lt;you&gt; &amp; &quot;me&quot;,<br>how are you?</p><p>Regards</p>');
    expect(textOfHtml(htmlOfText(text))).toBe(text);
    expect(htmlOfText('  ')).toBe('');
  });
});

describe('the call of a webhook', () => {
  it('is offered to administrators, and stays where one put it', () => {
    expect(wordsFor('rule', 'administrator', 'set_field')).toContain('webhook');
    expect(wordsFor('macro', 'agent', 'set_field')).not.toContain('webhook');
    expect(wordsFor('macro', 'agent', 'webhook')).toContain('webhook');
  });
});
