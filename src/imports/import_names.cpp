#include "imports/import_names.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace tandem::imports {

namespace {

struct Words {
  std::string_view field;
  std::string_view words;  // as bare() spells them, separated by |
};

constexpr Words column_words[] = {
    {"id", "recordid|ticketid|contactid|accountid|レコードid|记录id"},
    {"number",
     "ticketnumber|ticketno|caseno|番号|チケット番号|编号|工单编号|número|númerodoticket"},
    {"created_at",
     "created|createdtime|createdon|creationdate|creationtime|ticketcreatedtime|requested|opened|"
     "openedat|date|作成日時|作成日|登録日時|受付日時|创建时间|创建日期|提交时间|criadoem|criação|"
     "datadecriação|abertura|abertoem"},
    {"closed_at",
     "closedtime|closedon|closingdate|ticketclosedtime|solvedat|resolvedat|resolvedtime|"
     "completedat|完了日時|完了日|クローズ日時|解決日時|关闭时间|关闭日期|解决时间|完成时间|"
     "fechadoem|fechamento|datadefechamento|encerradoem|resolvidoem"},
    {"subject", "title|summary|topic|件名|タイトル|主题|标题|assunto|título"},
    {"description",
     "text|body|message|details|note|notes|comments|説明|内容|本文|備考|メモ|描述|说明|备注|正文|"
     "descrição|mensagem|observações|detalhes"},
    {"status", "state|ticketstatus|ステータス|状態|状态|situação|estado"},
    {"priority", "urgency|severity|優先度|优先级|prioridade"},
    {"channel", "source|origin|チャネル|渠道|canal|origem"},
    {"category", "type|カテゴリ|カテゴリー|类别|categoria"},
    {"classification", "class|分類|分类|classificação"},
    {"language", "lang|言語|语言|idioma|língua"},
    {"tags", "tag|labels|keywords|タグ|标签|etiquetas|marcadores"},
    {"resolution", "solution|解決内容|解决方案|resolução|solução"},
    {"department", "team|group|queue|部門|部署|部门|departamento|setor|equipe"},
    {"contact",
     "customer|requester|client|contactname|contactemail|customeremail|requesteremail|連絡先|顧客|"
     "联系人|contato|cliente|solicitante"},
    {"account",
     "accountname|company|companyname|organization|organisation|organizationname|取引先|会社|"
     "会社名|"
     "企業名|客户|公司|公司名称|单位|conta|empresa|organização"},
    {"owner", "agent|assignee|assignedto|ticketowner|担当者|担当|负责人|受理人|responsável|agente"},
    {"email",
     "mail|emailaddress|mailaddress|primaryemail|メール|メールアドレス|eメール|电子邮件|邮箱|邮件|"
     "电子邮箱|correio|correioeletrônico|endereçodeemail"},
    {"secondary_email",
     "secondemail|alternateemail|otheremail|予備のメール|备用电子邮件|备用邮箱|segundoemail|"
     "emailsecundário"},
    {"phone",
     "telephone|phonenumber|tel|telefone|workphone|電話|電話番号|电话|电话号码|联系电话|fone"},
    {"mobile",
     "mobilephone|cell|cellphone|携帯電話|携帯|携帯番号|手机|手机号|手机号码|celular|telemóvel"},
    {"cc", "copiedpeople|ccの宛先|抄送|pessoasemcópia|cópia"},
    {"due_at", "due|duedate|deadline|期限|期日|截止时间|到期日|prazo|vencimento"},
    {"is_escalated", "escalated|エスカレーション|已升级|escalado"},
    {"first_name", "firstname|givenname|forename|名|名前名|名字|nome|primeironome|prenome"},
    {"last_name", "lastname|surname|familyname|姓|苗字|姓氏|sobrenome|apelido"},
    {"full_name", "name|fullname|contactname|氏名|名前|お名前|姓名|全名|nomecompleto"},
    {"job_title", "title|position|role|jobtitle|役職|职位|职务|cargo|função"},
    {"name",
     "accountname|companyname|company|名称|会社名|取引先名|公司名称|"
     "客户名称|nome|empresa|商談名|製品名|キャンペーン名|nomedaconta|"
     "nomedonegócio|nomedoproduto|nomedacampanha|nomedaempresa|商机名称|"
     "产品名称|活动名称"},
    {"website", "web|url|homepage|site|ウェブサイト|ホームページ|网站|网址|sítio"},
    {"fax", "faxnumber|ファックス|传真"},
    {"industry", "sector|branch|業種|行业|setor|ramo"},
    {"street", "address|streetaddress|address1|番地|住所|街道|地址|rua|endereço|logradouro"},
    {"city", "town|市区町村|市|城市|cidade|município"},
    {"state", "province|region|prefecture|都道府県|省|省份|省州|estado|uf"},
    {"country", "nation|国|国家|国家地区|país"},
    {"zip", "postalcode|zipcode|postcode|郵便番号|邮政编码|邮编|cep|códigopostal"},
    {"code", "accountcode|customernumber|コード|顧客番号|代码|客户编号|código"},
    {"company", "companyname|organization|organisation|会社|empresa|公司"},
    {"designation", "jobtitle|position|役職|cargo|职位"},
    {"salutation", "敬称|tratamento|称谓"},
    {"lead_source", "source|きっかけ|origemdolead|线索来源"},
    {"lead_status", "status|見込み客の状況|statusdolead|线索状态"},
    {"rating", "評価|classificação|评级"},
    {"annual_revenue", "年間売上|receitaanual|年收入"},
    {"employees",
     "noofemployees|numberofemployees|headcount|従業員数|funcionários|"
     "员工人数"},
    {"home_phone", "自宅の電話|telefoneresidencial|住宅电话"},
    {"date_of_birth", "生年月日|datadenascimento|出生日期"},
    {"account_number", "取引先番号|númerodaconta|客户编号"},
    {"account_type", "種別|tipo|类型"},
    {"amount", "value|dealvalue|dealamount|金額|valor|金额"},
    {"closes_on",
     "closedate|closingdate|expectedclosedate|完了予定日|datadefechamento|"
     "预计成交日期"},
    {"pipeline",
     "layout|subpipeline|パイプライン|サブパイプライン|funil|subfunil|"
     "销售管道|子管道"},
    {"stage", "dealstage|status|ステージ|etapa|阶段"},
    {"probability", "chance|確度|probabilidade|成交概率"},
    {"deal_type", "種別|tipo|类型"},
    {"next_step", "次の一歩|próximopasso|下一步"},
    {"campaign",
     "campaignname|キャンペーン|きっかけのキャンペーン|campanha|"
     "campanhadeorigem|市场活动|来源活动"},
    {"unit_price", "price|単価|preçounitário|单价"},
    {"is_active", "有効|ativo|启用"},
    {"manufacturer", "メーカー|fabricante|制造商"},
    {"due_on", "due|deadline|期限|vencimento|截止日期"},
    {"starts_at",
     "start|starttime|begin|開始|通話の開始|início|iníciodachamada|"
     "开始时间|通话开始时间"},
    {"ends_at", "end|endtime|終了|fim|结束时间"},
    {"starts_on", "開始日|datadeinício|开始日期"},
    {"ends_on", "終了日|datadetérmino|结束日期"},
    {"venue", "location|place|場所|local|地点"},
    {"deal", "dealname|商談|negócio|商机"},
    {"lead", "leadname|見込み客|lead|线索"},
    {"product", "productname"},
    {"call_type", "通話の種類|tipodechamada|通话类型"},
    {"call_purpose", "通話の目的|objetivodachamada|通话目的"},
    {"call_result", "通話の結果|resultadodachamada|通话结果"},
    {"mailing_street", "郵送先の番地|correspondênciarua|邮寄街道"},
    {"mailing_city", "郵送先の市区町村|correspondênciacidade|邮寄城市"},
    {"mailing_state", "郵送先の都道府県|correspondênciaestado|邮寄省州"},
    {"mailing_zip", "郵送先の郵便番号|correspondênciacep|邮寄邮编"},
    {"mailing_country", "郵送先の国|correspondênciapaís|邮寄国家"},
    {"billing_street", "請求先の番地|cobrançarua|账单街道"},
    {"billing_city", "請求先の市区町村|cobrançacidade|账单城市"},
    {"billing_state", "請求先の都道府県|cobrançaestado|账单省州"},
    {"billing_zip", "請求先の郵便番号|cobrançacep|账单邮编"},
    {"billing_country", "請求先の国|cobrançapaís|账单国家"},
};

struct ChoiceWords {
  std::string_view field;
  std::string_view choice;
  std::string_view words;
};
constexpr ChoiceWords choice_words[] = {
    {"priority", "low", "低|低い|baixa"},
    {"priority", "medium", "中|普通|normal|média|media"},
    {"priority", "high", "高|高い|alta"},
    {"priority", "urgent", "緊急|紧急|critical|urgente"},
    {"status", "open", "対応中|オープン|新規|待处理|处理中|打开|未解决|new|aberto|aberta"},
    {"status", "on_hold", "保留|保留中|挂起|暂停|搁置|pending|waiting|emespera|pendente"},
    {"status", "closed",
     "完了|クローズ|解決|已关闭|关闭|已解决|solved|resolved|done|fechado|"
     "fechada|resolvido"},
    {"channel", "email", "メール|邮件|电子邮件"},
    {"channel", "phone", "電話|电话|telephone|telefone"},
    {"channel", "web", "ウェブ|网页|website|site"},
};

constexpr std::string_view yes_words = "true|1|yes|y|x|on|はい|有|是|对|sim|s|verdadeiro";
constexpr std::string_view no_words = "false|0|no|n|off|いいえ|無|否|不|não|nao|falso";

/// Without case, white space and punctuation of ASCII, which every program sets otherwise.
std::string bare(std::string_view text) {
  std::string letters;
  for (const char c : fold(text)) {
    const bool is_letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_letter) letters += c;
  }
  return letters;
}

/// `word` is bare.
bool is_among(std::string_view words, const std::string& word) {
  for (const std::string& one : split(words, '|'))
    if (bare(one) == word) return true;
  return false;
}

std::string_view words_of(std::string_view field) {
  for (const Words& known : column_words)
    if (known.field == field) return known.words;
  return "";
}

enum class Likeness { none, known_word, own_name };

Likeness likeness(const records::Shape& shape, std::string_view name, const std::string& heading) {
  const records::FieldDef* field = shape.find(name);
  if (heading == bare(name) || (field && heading == bare(field->label))) return Likeness::own_name;
  const bool is_own = !field || !field->custom;
  return is_own && is_among(words_of(name), heading) ? Likeness::known_word : Likeness::none;
}

std::vector<std::string> candidates(const access::Actor& actor, const ImportedModule& imported,
                                    const records::Shape& shape) {
  std::vector<std::string> names{"id"};
  for (const records::FieldDef& field : shape.fields()) names.push_back(field.name);
  names.emplace_back(full_name_column);
  names.emplace_back(created_column);
  std::erase_if(
      names, [&](const std::string& name) { return !may_be_column(actor, imported, shape, name); });
  return names;
}

}  // namespace

bool may_be_column(const access::Actor& actor, const ImportedModule& imported,
                   const records::Shape& shape, std::string_view name) {
  if (name == "id") return true;
  if (name == full_name_column) {
    return may_be_column(actor, imported, shape, "first_name") &&
           may_be_column(actor, imported, shape, "last_name");
  }
  if (name == created_column) return imported.keeps_times;
  const records::FieldDef* field = shape.find(name);
  if (!field) return false;
  const access::FieldAccess access = access::field_access(actor, shape.module().name, *field);
  // By its number a ticket is known, although nobody writes it.
  if (field->kind == records::FieldKind::auto_number) return access != access::FieldAccess::hidden;
  // So is the time of closing, which only an import tells of another program's tickets.
  if (imported.keeps_times && name == "closed_at") return access != access::FieldAccess::hidden;
  return access == access::FieldAccess::write;
}

std::vector<std::string> guess_columns(const access::Actor& actor, const ImportedModule& imported,
                                       const records::Shape& shape,
                                       const std::vector<std::string>& headings) {
  const std::vector<std::string> names = candidates(actor, imported, shape);
  std::vector<std::string> columns(headings.size());
  std::set<std::string> taken;
  for (const Likeness wanted : {Likeness::own_name, Likeness::known_word}) {
    for (size_t at = 0; at < headings.size(); ++at) {
      const std::string heading = bare(headings[at]);
      if (!columns[at].empty() || heading.empty() || headings[at].starts_with(report_heading_start))
        continue;
      const auto fits = [&](const std::string& name) {
        return !taken.contains(name) && likeness(shape, name, heading) == wanted;
      };
      const auto found = std::find_if(names.begin(), names.end(), fits);
      if (found == names.end()) continue;
      columns[at] = *found;
      taken.insert(*found);
    }
  }
  return columns;
}

std::string choice_meant(const records::FieldDef& field, std::string_view word) {
  const std::string said = bare(word);
  for (const ChoiceWords& known : choice_words) {
    if (known.field == field.name && is_among(known.words, said)) return std::string(known.choice);
  }
  return "";
}

std::optional<bool> truth_meant(std::string_view word) {
  const std::string said = bare(word);
  if (is_among(yes_words, said)) return true;
  if (is_among(no_words, said)) return false;
  return std::nullopt;
}

}  // namespace tandem::imports
