export interface WebFormField {
  name: string;
  is_required: boolean;
}

export interface WebForm {
  id: string;
  name: string;
  department: string | null;
  title: string;
  intro: string;
  thanks: string;
  locale: string;
  address: string;
  fields: WebFormField[];
  origins: string[];
  sends_receipt: boolean;
  is_enabled: boolean;
}

export interface WebForms {
  web_forms: WebForm[];
  /** Fields of tickets that a form may ask for. */
  ticket_fields: { name: string; label: string }[];
}

export interface PhoneLine {
  id: string;
  name: string;
  department: string | null;
  takes: string;
  joins_open_ticket: boolean;
  is_enabled: boolean;
  address: string;
}

const titleOf = (form: WebForm) => form.title.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

/** What a site needs to show the form as high as it is. */
export function scriptOf(form: WebForm): string {
  const { origin, pathname } = new URL(form.address);
  const key = pathname.split('/').at(-1) ?? '';
  return `<script async src="${origin}/forms/script/embed.js" data-form="${key}" data-title="${titleOf(form)}"></script>`;
}

/** The same without script, in a frame of one height. */
export function snippetOf(form: WebForm): string {
  const title = titleOf(form);
  return `<iframe src="${form.address}" title="${title}" style="width:100%;height:760px;border:0"></iframe>`;
}
