#include <gtest/gtest.h>

#include "crm/notes/attachments.h"
#include "tests/api/sales_portal.h"

// Related records, notes and files by the dialects: docs/api/crm.md and docs/api/bigin.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct CrmRelated : testing::Test {
  test::SalesPortal portal;
  std::string kunde = portal.made(Edition::crm, "Accounts", R"({"Account_Name":"Kunde Ltd"})");
  std::string other = portal.made(Edition::crm, "Accounts", R"({"Account_Name":"Other Inc"})");
  std::string maria = portal.made(
      Edition::crm, "Contacts",
      R"({"Last_Name":"Silva","First_Name":"Maria","Account_Name":{"id":")" + kunde + R"("}})");

  Answer get(const std::string& address) { return portal.call(Edition::crm, Method::get, address); }
  Answer post(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::post, address, body);
  }
  Answer put(const std::string& address, const std::string& body) {
    return portal.call(Edition::crm, Method::put, address, body);
  }
  Answer del(const std::string& address) { return portal.call(Edition::crm, Method::del, address); }
  std::string note(const std::string& parent, const std::string& text) {
    const Answer made =
        post("/" + parent + "/Notes",
             R"({"data":[{"Note_Title":"Call","Note_Content":")" + text + R"("}]})");
    EXPECT_EQ(made.status, 201) << made.body;
    return made.at("data.0.details.id");
  }
  Answer upload(const std::string& address, const std::string& name, const std::string& bytes,
                const std::string& field = "file") {
    http::Request request;
    request.method = Method::post;
    request.path = "/crm/v8" + address;
    request.headers = {
        {"Authorization", "Zoho-oauthtoken " + portal.firm(Edition::crm).ada.access_token},
        {"Content-Type", "multipart/form-data; boundary=xyz"}};
    request.body = "--xyz\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" +
                   name + "\"\r\nContent-Type: text/plain\r\n\r\n" + bytes + "\r\n--xyz--\r\n";
    return portal.send(std::move(request));
  }
};

TEST_F(CrmRelated, RecordsThatBelongToARecordAreListedBelowIt) {
  const Answer contacts = get("/Accounts/" + kunde + "/Contacts?fields=Last_Name");
  ASSERT_EQ(contacts.status, 200) << contacts.body;
  EXPECT_EQ(contacts.at("data.0.id"), maria);
  EXPECT_EQ(contacts.at("info.more_records"), "false");
  EXPECT_EQ(get("/Accounts/" + kunde + "/contacts/" + maria).at("data.0.Last_Name"), "Silva");
  EXPECT_EQ(get("/Accounts/" + other + "/Contacts").status, 204);
}

TEST_F(CrmRelated, AListThatIsNoneAndARecordOfAnotherListAreRefused) {
  const Answer none = get("/Accounts/" + kunde + "/Spaceships");
  EXPECT_EQ(none.at("code"), "INVALID_DATA");
  EXPECT_EQ(none.at("message"), "the relation name given seems to be invalid");
  EXPECT_EQ(get("/Accounts/123456789012345678/Contacts").status, 404);
  EXPECT_EQ(get("/Accounts/" + other + "/Contacts/" + maria).status, 404);
}

TEST_F(CrmRelated, ARecordIsLinkedAndUnlinked) {
  const Answer linked =
      put("/Accounts/" + other + "/Contacts/" + maria, R"({"data":[{"Title":"Buyer"}]})");
  ASSERT_EQ(linked.status, 200) << linked.body;
  EXPECT_EQ(linked.at("data.0.message"), "relation added");
  const Answer read = get("/Contacts/" + maria);
  EXPECT_EQ(read.at("data.0.Account_Name.name"), "Other Inc");
  EXPECT_EQ(read.at("data.0.Title"), "Buyer");
  const Answer unlinked = del("/Accounts/" + other + "/Contacts?ids=" + maria);
  EXPECT_EQ(unlinked.at("data.0.message"), "relation removed");
  EXPECT_EQ(get("/Contacts/" + maria).at("data.0.Account_Name"), "null");
  EXPECT_EQ(del("/Accounts/" + other + "/Contacts/" + maria).at("data.0.code"), "INVALID_DATA");
  const Answer many =
      put("/Accounts/" + kunde + "/Contacts", R"({"data":[{"id":")" + maria + R"("},{}]})");
  EXPECT_EQ(many.status, 207);
  EXPECT_EQ(many.at("data.1.code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(post("/Accounts/" + kunde + "/Contacts", R"({"data":[{"Last_Name":"x"}]})").at("code"),
            "NOT_SUPPORTED");
}

TEST_F(CrmRelated, NotesAreMadeChangedAndDeletedBelowTheirRecord) {
  const std::string id = note("Accounts/" + kunde, "They want a demo");
  const Answer listed = get("/Accounts/" + kunde + "/Notes?fields=Note_Title,Note_Content");
  EXPECT_EQ(listed.at("data.0.Note_Content"), "They want a demo");
  const Answer read = get("/Notes/" + id);
  EXPECT_EQ(read.at("data.0.Parent_Id.id"), kunde);
  EXPECT_EQ(read.at("data.0.Parent_Id.module.id").size(), 18u);
  EXPECT_EQ(read.at("data.0.$voice_note"), "false");
  EXPECT_EQ(get("/Notes").at("info.count"), "1");
  const Answer changed = put("/Accounts/" + kunde + "/Notes/" + id,
                             R"({"data":[{"Note_Content":"They had a demo"}]})");
  EXPECT_EQ(changed.at("data.0.message"), "record updated");
  EXPECT_EQ(put("/Notes/" + id, R"({"data":[{"Note_Title":"Visit"}]})").status, 200);
  EXPECT_EQ(get("/Notes/" + id).at("data.0.Note_Title"), "Visit");
  EXPECT_EQ(put("/Accounts/" + other + "/Notes/" + id, R"({"data":[{"Note_Title":"x"}]})").status,
            400)
      << "a note stays with its record";
  EXPECT_EQ(del("/Accounts/" + kunde + "/Notes/" + id).at("data.0.message"), "record deleted");
  EXPECT_EQ(get("/Accounts/" + kunde + "/Notes").status, 204);
}

TEST_F(CrmRelated, AFileIsAttachedListedReadAndRemoved) {
  const Answer attached = upload("/Accounts/" + kunde + "/Attachments", "offer.txt", "1,000 EUR");
  ASSERT_EQ(attached.status, 200) << attached.body;
  EXPECT_EQ(attached.at("data.0.message"), "attachment uploaded successfully");
  EXPECT_EQ(attached.at("data.0.details.Created_By.name"), "ada");
  const std::string id = attached.at("data.0.details.id");
  const Answer listed = get("/Accounts/" + kunde + "/Attachments?fields=id,File_Name,Size");
  EXPECT_EQ(listed.at("data.0.File_Name"), "offer.txt");
  EXPECT_EQ(listed.at("data.0.Size"), "9");
  const Answer all = get("/Attachments/" + id);
  EXPECT_EQ(all.at("data.0.$type"), "Attachment");
  EXPECT_EQ(all.at("data.0.$se_module"), "Accounts");
  const Answer bytes = get("/Accounts/" + kunde + "/Attachments/" + id);
  EXPECT_EQ(bytes.body, "1,000 EUR");
  EXPECT_NE(bytes.response.header("Content-Disposition").find("offer.txt"), std::string::npos);
  EXPECT_EQ(get("/Accounts/" + other + "/Attachments/" + id).status, 404);
  EXPECT_EQ(del("/Accounts/" + other + "/Attachments/" + id).at("data.0.code"), "INVALID_DATA");
  EXPECT_EQ(del("/Accounts/" + kunde + "/Attachments/" + id).at("data.0.message"),
            "record deleted");
  EXPECT_EQ(get("/Accounts/" + kunde + "/Attachments/" + id).status, 404);
}

TEST_F(CrmRelated, ANoteHasFilesOfItsOwn) {
  const std::string id = note("Contacts/" + maria, "See the file");
  EXPECT_EQ(upload("/Notes/" + id + "/Attachments", "a.txt", "a").status, 200);
  EXPECT_EQ(get("/Notes/" + id + "/Attachments").at("data.0.File_Name"), "a.txt");
}

TEST_F(CrmRelated, AnAddressIsAttachedLikeAFile) {
  const Answer attached = post(
      "/Accounts/" + kunde + "/Attachments?attachmentUrl=https://kunde.example/plan&title=Plan",
      "");
  ASSERT_EQ(attached.status, 200) << attached.body;
  const Answer listed = get("/Accounts/" + kunde + "/Attachments");
  EXPECT_EQ(listed.at("data.0.File_Name"), "Plan");
  EXPECT_EQ(listed.at("data.0.$link_url"), "https://kunde.example/plan");
  EXPECT_EQ(listed.at("data.0.$type"), "Link URL");
  EXPECT_EQ(get("/Accounts/" + kunde + "/Attachments/" + listed.at("data.0.id")).status, 404);
  EXPECT_EQ(post("/Accounts/" + kunde + "/Attachments?attachmentUrl=javascript:1", "").status, 400);
}

TEST_F(CrmRelated, AFileNeedsItsFormAndARecord) {
  EXPECT_EQ(post("/Accounts/" + kunde + "/Attachments", "{}").at("code"), "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(upload("/Accounts/" + kunde + "/Attachments", "a", "a", "upload").at("code"),
            "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(upload("/Accounts/123456789012345678/Attachments", "a", "a").status, 404);
  EXPECT_EQ(upload("/Accounts/" + kunde + "/Attachments", "a", std::string(20 << 20, 'a') + "a")
                .at("code"),
            "FILE_SIZE_MORE_THAN_ALLOWED_SIZE");
}

TEST_F(CrmRelated, TheFileOfAnAttachmentIsKeptAsLongAsItIs) {
  const std::string id =
      upload("/Accounts/" + kunde + "/Attachments", "a.txt", "a").at("data.0.details.id");
  const OrgId org = portal.firm(Edition::crm).org;
  const auto is_kept = [&](int64_t file) {
    return portal.program().database().read(
        [&](db::Transaction& tx) { return crm::is_file_kept(tx, org, file); });
  };
  const int64_t file = portal.program().database().read([&](db::Transaction& tx) {
    return tx.integer("SELECT file FROM crm_attachments WHERE org_id = $1 AND id = $2",
                      {org.value, *id_from_text(id)});
  });
  EXPECT_TRUE(is_kept(file));
  EXPECT_EQ(del("/Attachments?ids=" + id).status, 200);
  EXPECT_FALSE(is_kept(file));
}

TEST_F(CrmRelated, ATokenNeedsTheScopeOfTheListToo) {
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.modules.accounts.ALL", "ZohoCRM.modules.notes.READ"});
  EXPECT_EQ(get("/Accounts/" + kunde + "/Notes").status, 204);
  const Answer refused = get("/Accounts/" + kunde + "/Contacts");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.at("code"), "OAUTH_SCOPE_MISMATCH");
  EXPECT_EQ(post("/Accounts/" + kunde + "/Notes", R"({"data":[{"Note_Content":"x"}]})").at("code"),
            "OAUTH_SCOPE_MISMATCH");
}

TEST_F(CrmRelated, BiginListsDealsUnderBothTheirNames) {
  const std::string company =
      portal.made(Edition::bigin, "Accounts", R"({"Account_Name":"Kunde Ltd"})");
  const std::string deal = portal.made(Edition::bigin, "Pipelines",
                                       R"({"Deal_Name":"Vans","Stage":"Qualification",
      "Sub_Pipeline":"Sales Pipeline Standard","Account_Name":{"id":")" +
                                           company + R"("}})");
  for (const std::string list : {"Pipelines", "Deals"}) {
    const Answer deals =
        portal.call(Edition::bigin, Method::get, "/Accounts/" + company + "/" + list);
    EXPECT_EQ(deals.at("data.0.id"), deal) << list << deals.body;
  }
  EXPECT_EQ(portal.call(Edition::bigin, Method::get, "/Accounts/" + kunde + "/Contacts").status,
            404)
      << "a record of another organisation";
}

}  // namespace

}  // namespace tandem
