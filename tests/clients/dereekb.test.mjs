// @dereekb/zoho's part for CRM, unchanged, against CRM.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as zoho from '@dereekb/zoho';
import { startDemoCompany } from './support/demo_company.mjs';

let company;
let crm;

before(async () => {
  company = await startDemoCompany();
  const { address, oauth } = company;
  const logZohoServerErrorFunction = () => {}; // what is refused on purpose needs no pages of log
  const accounts = zoho.zohoAccountsFactory({ logZohoServerErrorFunction })({
    apiUrl: address, clientId: oauth.client_id, clientSecret: oauth.client_secret, refreshToken: oauth.refresh_token,
  });
  crm = zoho.zohoCrmFactory({ accountsContext: accounts.accountsContext, logZohoServerErrorFunction })({ apiUrl: `${address}/crm` }).crmContext;
});
after(() => company?.stop());

/** Whether what is thrown is of this class of the client's. */
const is_a = (error_class) => (error) => error instanceof error_class;
const insert = (module, data) => zoho.zohoCrmInsertRecord(crm)({ module, data });
const read = (module, id) => zoho.zohoCrmGetRecordById(crm)({ module, id });

describe('records', () => {
  test('are inserted one by one, and several with an error item for each that is refused', async () => {
    const one = await insert('Leads', { Last_Name: 'Silva', Company: 'Kunde Ltd', Email: 'silva@kunde.example' });
    assert.match(one.id, /^\d{17,19}$/);
    const several = await insert('Leads', [{ Last_Name: 'Costa', Company: 'Kunde Ltd' }, { First_Name: 'Nobody', Company: 'Kunde Ltd' }]);
    assert.equal(several.successItems.length, 1);
    assert.equal(several.errorItems[0].result.code, zoho.ZOHO_MANDATORY_NOT_FOUND_ERROR_CODE);
    assert.equal(several.errorItems[0].result.details.api_name, 'Last_Name');
  });

  test('that lack a mandatory field throw the error that the client has for it', async () => {
    await assert.rejects(insert('Leads', { First_Name: 'Nobody' }), is_a(zoho.ZohoCrmRecordCrudMandatoryFieldNotFoundError));
  });

  test('are read, updated, inserted or updated, and deleted', async () => {
    const { id } = await insert('Leads', { Last_Name: 'Lima', Company: 'Kunde Ltd', Email: 'lima@kunde.example' });
    const updated = await zoho.zohoCrmUpdateRecord(crm)({ module: 'Leads', data: { id, City: 'Porto' } });
    assert.equal(updated.id, id);
    assert.equal((await read('Leads', id)).City, 'Porto');
    const upserted = await zoho.zohoCrmUpsertRecord(crm)({
      module: 'Leads', data: [{ Last_Name: 'Lima', Company: 'Lima Lda', Email: 'lima@kunde.example' }],
    });
    assert.equal(upserted.successItems[0].result.details.id, id);
    const deleted = await zoho.zohoCrmDeleteRecord(crm)({ module: 'Leads', ids: [id] });
    assert.equal(deleted.successItems.length, 1);
  });

  test('that are not there throw, in every way of asking', async () => {
    const id = '123456789012345678';
    await assert.rejects(read('Leads', id));
    await assert.rejects(
      zoho.zohoCrmUpdateRecord(crm)({ module: 'Leads', data: { id, City: 'Porto' } }),
      is_a(zoho.ZohoCrmRecordCrudNoMatchingRecordError));
  });

  test('are listed and searched, by criteria too; nothing found is an empty page', async () => {
    await insert('Contacts', { Last_Name: 'Quintela', Email: 'quintela@kunde.example' });
    const page = await zoho.zohoCrmGetRecords(crm)({ module: 'Contacts', fields: 'Last_Name,Email', per_page: 5 });
    assert.equal(page.data.length, 5);
    assert.equal(page.info.more_records, true);
    const search = zoho.zohoCrmSearchRecords(crm);
    const found = await search({ module: 'Contacts', criteria: [{ field: 'Last_Name', filter: 'equals', value: 'Quintela' }] });
    assert.deepEqual(found.data.map((each) => each.Email), ['quintela@kunde.example']);
    assert.equal((await search({ module: 'Contacts', email: 'quintela@kunde.example' })).data.length, 1);
    assert.deepEqual((await search({ module: 'Contacts', email: 'nobody@kunde.example' })).data, []);
  });
});

describe('what belongs to a record', () => {
  test('notes are written, listed and deleted', async () => {
    const { id } = await insert('Leads', { Last_Name: 'Noted', Company: 'x' });
    const made = await zoho.zohoCrmCreateNotesForRecord(crm)({
      module: 'Leads', id, notes: [{ Note_Title: 'First call', Note_Content: 'They want a demo' }],
    });
    const note = made.successItems[0].result.details.id;
    const listed = await zoho.zohoCrmGetNotesForRecord(crm)({ module: 'Leads', id, fields: 'Note_Title,Note_Content' });
    assert.deepEqual(listed.data.map((each) => each.Note_Content), ['They want a demo']);
    const deleted = await zoho.zohoCrmDeleteNotes(crm)({ ids: [note] });
    assert.equal(deleted.successItems.length, 1);
    assert.deepEqual((await zoho.zohoCrmGetNotesForRecord(crm)({ module: 'Leads', id, fields: 'Note_Title' })).data, []);
  });

  test('files go up and come down as they were', async () => {
    const { id } = await insert('Leads', { Last_Name: 'Filed', Company: 'x' });
    const file = new File([new Uint8Array([0, 1, 2, 253, 254, 255])], 'offer.bin', { type: 'application/octet-stream' });
    const response = await zoho.zohoCrmUploadAttachmentForRecord(crm)({ module: 'Leads', id, file, attachmentCategoryName: ['Offers'] });
    const attachment_id = (await response.json()).data[0].details.id;
    const listed = await zoho.zohoCrmGetAttachmentsForRecord(crm)({ module: 'Leads', id, fields: 'File_Name' });
    assert.deepEqual(listed.data.map((each) => each.File_Name), ['offer.bin']);
    const down = await zoho.zohoCrmDownloadAttachmentForRecord(crm)({ module: 'Leads', id, attachment_id });
    assert.deepEqual(new Uint8Array(await down.response.arrayBuffer()), new Uint8Array([0, 1, 2, 253, 254, 255]));
    assert.equal((await zoho.zohoCrmDeleteAttachmentFromRecord(crm)({ module: 'Leads', id, attachment_id })).ok, true);
  });

  test('tags are made, given, taken away and deleted', async () => {
    const { id } = await insert('Leads', { Last_Name: 'Tagged', Company: 'x' });
    const made = await zoho.zohoCrmCreateTagsForModule(crm)({ module: 'Leads', tags: [{ name: 'from the fair' }] });
    const tag = made.successItems[0].result.details.id;
    const known = await zoho.zohoCrmGetTagsForModule(crm)({ module: 'Leads' });
    assert.ok((known.data ?? known.tags).some((each) => each.id === tag));
    await zoho.zohoCrmAddTagsToRecords(crm)({ module: 'Leads', tags: [{ name: 'from the fair' }], ids: [id] });
    assert.deepEqual((await read('Leads', id)).Tag.map((each) => each.name), ['from the fair']);
    await zoho.zohoCrmRemoveTagsFromRecords(crm)({ module: 'Leads', tags: [{ name: 'from the fair' }], ids: [id] });
    assert.deepEqual((await read('Leads', id)).Tag, []);
    await zoho.zohoCrmDeleteTag(crm)({ id: tag });
  });

  test('related records are listed by the name of their list', async () => {
    const account = await insert('Accounts', { Account_Name: 'Casa do Mar' });
    const contact = await insert('Contacts', { Last_Name: 'Mar', Account_Name: { id: account.id } });
    const related = zoho.zohoCrmGetRelatedRecordsFunctionFactory(crm)({ targetModule: 'Contacts' });
    const listed = await related({ module: 'Accounts', id: account.id, fields: 'Last_Name' });
    assert.deepEqual(listed.data.map((each) => each.id), [contact.id]);
  });
});
