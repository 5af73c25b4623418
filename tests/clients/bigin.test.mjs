// Bigin, called as its known clients call it: there is no SDK of its own, so the calls are plain ones in their shapes.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startDemoCompany } from './support/demo_company.mjs';

let company;
let base;
let authorization;

before(async () => {
  company = await startDemoCompany();
  const { address, oauth } = company;
  const form = new URLSearchParams({ grant_type: 'refresh_token', ...oauth });
  const answer = await (await fetch(`${address}/oauth/v2/token`, { method: 'POST', body: form })).json();
  base = `${answer.api_domain}/bigin/v2`; // clients build every address from it
  authorization = `Zoho-oauthtoken ${answer.access_token}`;
});
after(() => company?.stop());

/** What a call answers: {status, body}; without a body, body is null. */
async function call(method, path, body) {
  const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
  const response = await fetch(`${base}${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null };
}

/** Makes one record and gives its id. */
async function created(module, values) {
  const { status, body } = await call('POST', `/${module}`, { data: [values] });
  assert.equal(status, 201, JSON.stringify(body));
  return body.data[0].details.id;
}

/** A pipeline with the name of its first sub-pipeline and that one's stages, as clients read them from the layouts. */
async function pipeline() {
  const { body } = await call('GET', '/settings/layouts?module=Pipelines');
  const [layout] = body.layouts;
  const fields = layout.sections.flatMap((section) => section.fields);
  const names = (api_name) => fields.find((field) => field.api_name === api_name).pick_list_values.map((value) => value.actual_value);
  return { id: layout.id, sub_pipeline: names('Sub_Pipeline')[0], stages: names('Stage') };
}

async function deal(more) {
  const { id, sub_pipeline, stages } = await pipeline();
  return { Deal_Name: 'Vans', Sub_Pipeline: sub_pipeline, Stage: stages[0], Pipeline: { id }, ...more };
}

describe('what clients ask first', () => {
  test('is who and where they are, and which modules and fields there are', async () => {
    const users = await call('GET', '/users?type=CurrentUser');
    assert.equal(users.body.users[0].email, company.administrator.email);
    const org = await call('GET', '/org');
    assert.ok(org.body.org[0].company_name);
    const modules = (await call('GET', '/settings/modules')).body.modules;
    assert.deepEqual(['Contacts', 'Accounts', 'Pipelines', 'Products', 'Tasks', 'Events', 'Calls']
      .filter((name) => !modules.some((module) => module.api_name === name && module.api_supported)), []);
    const fields = (await call('GET', '/settings/fields?module=Pipelines')).body.fields.map((field) => field.api_name);
    for (const name of ['Deal_Name', 'Sub_Pipeline', 'Stage', 'Secondary_Contacts', 'Associated_Products'])
      assert.ok(fields.includes(name), name);
  });
});

describe('records', () => {
  test('are created, listed, read, changed, found, counted and deleted', async () => {
    const id = await created('Contacts', { Last_Name: 'Silva', First_Name: 'Maria', Email: 'maria+b@kunde.example' });
    const list = await call('GET', '/Contacts?fields=Last_Name,Email&per_page=2&page=1&sort_by=Created_Time&sort_order=desc');
    assert.equal(list.body.data[0].id, id);
    assert.equal(list.body.info.more_records, true);
    assert.equal((await call('PUT', '/Contacts', { data: [{ id, Title: 'Buyer' }] })).body.data[0].message, 'record updated');
    assert.equal((await call('GET', `/Contacts/${id}`)).body.data[0].Title, 'Buyer');
    assert.equal((await call('GET', '/Contacts/search?criteria=(Email:equals:maria%2Bb@kunde.example)')).body.data[0].id, id);
    assert.equal((await call('GET', '/Contacts/search?email=maria+b@kunde.example')).body.data[0].id, id);
    assert.equal((await call('GET', '/Contacts/actions/count?criteria=(First_Name:equals:Maria)')).body.count > 0, true);
    assert.equal((await call('DELETE', `/Contacts/${id}?wf_trigger=true`)).body.data[0].message, 'record deleted');
    assert.equal((await call('GET', `/Contacts/${id}`)).status, 404);
    assert.equal((await call('GET', '/Contacts/deleted?type=all')).body.data[0].id, id);
  });

  test('are refused each for itself, and nothing found has no body', async () => {
    const { status, body } = await call('POST', '/Contacts', { data: [{ Last_Name: 'Costa' }, { First_Name: 'Nobody' }] });
    assert.equal(status, 207);
    assert.equal(body.data[1].code, 'MANDATORY_NOT_FOUND');
    assert.equal(body.data[1].details.api_name, 'Last_Name');
    assert.deepEqual(await call('GET', '/Contacts/search?email=nobody@kunde.example'), { status: 204, body: null });
    const unknown = await call('GET', '/Contacts/123456789012345678');
    assert.equal(unknown.body.code, 'INVALID_DATA');
  });

  test('are inserted or updated by the fields that are said to be theirs alone', async () => {
    const upsert = async (Account_Name, Phone) => (await call('POST', '/Accounts/upsert', {
      data: [{ Account_Name, Phone }], duplicate_check_fields: ['Account_Name'],
    })).body.data[0];
    const made = await upsert('Casa do Mar', '1');
    const again = await upsert('Casa do Mar', '2');
    assert.deepEqual([made.action, again.action], ['insert', 'update']);
    assert.equal(again.details.id, made.details.id);
  });
});

describe('deals', () => {
  test('stand in a sub-pipeline on one of its stages, with companies, people and products', async () => {
    const account = await created('Accounts', { Account_Name: 'Estaleiro SA' });
    const [main, second] = [await created('Contacts', { Last_Name: 'Main' }), await created('Contacts', { Last_Name: 'Second' })];
    const product = await created('Products', { Product_Name: 'Van', Unit_Price: '30000' });
    const id = await created('Pipelines', await deal({
      Amount: 60000, Closing_Date: '2027-05-01', Account_Name: { id: account }, Contact_Name: { id: main },
      Secondary_Contacts: [second], Associated_Products: [product], Tag: [{ name: 'fleet' }],
    }));
    const { data: [read] } = (await call('GET', `/Pipelines/${id}`)).body;
    assert.equal(read.Account_Name.name, 'Estaleiro SA');
    assert.deepEqual(read.Secondary_Contacts.map((each) => each.id), [second]);
    assert.equal(read.Associated_Products[0].Product.name, 'Van');
    assert.deepEqual(read.Tag.map((each) => each.name), ['fleet']);
    assert.equal((await call('GET', `/Pipelines/${id}/Products`)).body.data[0].id, product);
    assert.equal((await call('DELETE', `/Pipelines/${id}/Products?ids=${product}`)).status, 200);
    assert.equal((await call('PUT', `/Pipelines/${id}/Contacts/${main}`, { data: [{}] })).status, 200);
    assert.equal((await call('GET', `/Pipelines/${id}/Contacts?fields=Last_Name`)).body.data.length, 2);
    const { stages } = await pipeline();
    await call('PUT', '/Pipelines', { data: [{ id, Stage: stages[1] }] });
    assert.equal((await call('GET', `/Pipelines/${id}`)).body.data[0].Stage, stages[1]);
  });

  test('on a stage that is none of their pipeline are refused, naming the field', async () => {
    const { status, body } = await call('POST', '/Pipelines', { data: [await deal({ Stage: 'Nowhere' })] });
    assert.equal(status, 400);
    assert.equal(body.data[0].details.api_name, 'Stage');
  });
});

describe('what belongs to a record', () => {
  test('are notes, tasks and files', async () => {
    const id = await created('Contacts', { Last_Name: 'Mar' });
    const note = await call('POST', `/Contacts/${id}/Notes`, { data: [{ Note_Title: 'Call', Note_Content: 'They want a demo' }] });
    assert.equal(note.status, 201);
    const older = await call('POST', '/Notes', { data: [{ Note_Content: 'Older way', Parent_Id: id, $se_module: 'Contacts' }] });
    assert.equal(older.status, 201, JSON.stringify(older.body));
    assert.equal((await call('GET', `/Contacts/${id}/Notes?fields=Note_Content`)).body.data.length, 2);
    const task = await created('Tasks', { Subject: 'Ring', Related_To: { id }, $related_module: 'Contacts' });
    assert.equal((await call('GET', `/Tasks/${task}`)).body.data[0].Related_To.id, id);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array([0, 1, 254, 255])]), 'offer.bin');
    const sent = await fetch(`${base}/Contacts/${id}/Attachments`, { method: 'POST', headers: { Authorization: authorization }, body: form });
    const attachment = (await sent.json()).data[0].details.id;
    const bytes = await fetch(`${base}/Contacts/${id}/Attachments/${attachment}`, { headers: { Authorization: authorization } });
    assert.deepEqual(new Uint8Array(await bytes.arrayBuffer()), new Uint8Array([0, 1, 254, 255]));
  });

  test('are tags, given and taken', async () => {
    const id = await created('Contacts', { Last_Name: 'Tagged' });
    assert.equal((await call('POST', `/Contacts/${id}/actions/add_tags`, { tags: [{ name: 'vip' }] })).status, 200);
    assert.deepEqual((await call('GET', `/Contacts/${id}`)).body.data[0].Tag.map((each) => each.name), ['vip']);
    assert.equal((await call('POST', `/Contacts/${id}/actions/remove_tags`, { tags: [{ name: 'vip' }] })).status, 200);
    assert.deepEqual((await call('GET', `/Contacts/${id}`)).body.data[0].Tag, []);
  });

  test('is asked for by COQL, too', async () => {
    await created('Contacts', { Last_Name: 'Zetterberg' });
    const { body } = await call('POST', '/coql', { select_query: "select Last_Name from Contacts where Last_Name like 'Zett%' limit 0, 5" });
    assert.deepEqual(body.data.map((each) => each.Last_Name), ['Zetterberg']);
  });
});
