#include "api/account_mails.h"

#include <fmt/format.h>

#include <array>
#include <map>

#include "base/text.h"
#include "desk/conversation/mail_sending.h"

namespace tandem::api {

namespace {

/// {0} is the person, {1} the organisation, {2} who invites, {3} the link, {4} the role.
struct Wording {
  std::string_view subject;
  std::string_view text;
};

const Wording& invitation_wording(const std::string& locale) {
  static const std::map<std::string, Wording, std::less<>> wordings{
      {"en",
       {"{2} invites you to {1}",
        "Hello {0},\n\n{2} invites you to work in {1} as {4}.\n\nActivate your account within "
        "seven days:\n{3}\n\n"
        "If you did not expect this mail, you need do nothing.\n"}},
      {"ja",
       {"{2}さんから{1}への招待",
        "{0} "
        "様\n\n{2}さんが、{1}に「{4}"
        "」としてあなたを招待しました。\n\n7日以内に次のリンクからアカウントを有効にしてください。"
        "\n{3}\n\n"
        "心当たりのない場合は、何もする必要はありません。\n"}},
      {"zh",
       {"{2} 邀请您加入 {1}",
        "{0}，您好：\n\n{2} 邀请您以“{4}”身份加入 "
        "{1}。\n\n请在七天内激活您的账户：\n{3}\n\n如果您不了解此邮件，无需任何操作。\n"}},
      {"pt",
       {"{2} convida você para {1}",
        "Olá, {0},\n\n{2} convida você para trabalhar em {1} como {4}.\n\nAtive sua conta em até "
        "sete dias:\n{3}\n\n"
        "Se você não esperava este e-mail, não precisa fazer nada.\n"}},
  };
  const auto found = wordings.find(locale);
  return found == wordings.end() ? wordings.find("en")->second : found->second;
}

const Wording& reset_wording(const std::string& locale) {
  static const std::map<std::string, Wording, std::less<>> wordings{
      {"en",
       {"Set a new password",
        "Hello {0},\n\nset a new password within one hour:\n{3}\n\nIf you did not ask for this, "
        "you need do nothing; "
        "your password stays as it is.\n"}},
      {"ja",
       {"パスワードの再設定",
        "{0} 様\n\n1時間以内に次のリンクから新しいパスワードを設定してください。\n{3}\n\n"
        "心当たりのない場合は、何もする必要はありません。パスワードは変わりません。\n"}},
      {"zh",
       {"重设密码",
        "{0}，您好：\n\n请在一小时内设置新密码：\n{3}"
        "\n\n如果不是您本人的请求，无需任何操作，密码保持不变。\n"}},
      {"pt",
       {"Defina uma nova senha",
        "Olá, {0},\n\ndefina uma nova senha em até uma hora:\n{3}\n\nSe você não pediu isso, não "
        "precisa fazer nada; sua "
        "senha continua a mesma.\n"}},
  };
  const auto found = wordings.find(locale);
  return found == wordings.end() ? wordings.find("en")->second : found->second;
}

desk::Notice notice(const Wording& wording, const std::string& to, const std::string& locale,
                    const std::array<std::string, 5>& words) {
  desk::Notice written;
  written.to = to;
  written.locale = locale;
  written.subject =
      fmt::format(fmt::runtime(wording.subject), words[0], words[1], words[2], words[3], words[4]);
  written.text =
      fmt::format(fmt::runtime(wording.text), words[0], words[1], words[2], words[3], words[4]);
  written.html = text_to_html(written.text);
  return written;
}

}  // namespace

std::string link_base(const std::string& base_url, http::Scheme scheme) {
  constexpr std::string_view plain = "http://";
  const bool names_port = base_url.find(':', plain.size()) != std::string::npos;
  if (scheme == http::Scheme::http || !base_url.starts_with(plain) || names_port) return base_url;
  return "https://" + base_url.substr(plain.size());
}

void send_invitation_mail(db::Transaction& tx, const Services& services, OrgId org,
                          http::Scheme scheme, const access::InvitationMail& mail) {
  const std::string link = link_base(services.base_url, scheme) + "/invitation/" + mail.token;
  desk::send_notice(
      tx, services.desk, org,
      notice(invitation_wording(mail.locale), mail.to, mail.locale,
             {mail.name, mail.organisation_name, mail.inviter_name, link, mail.role_name}));
}

void send_reset_mail(db::Transaction& tx, const Services& services, http::Scheme scheme,
                     const access::PasswordResetMail& mail) {
  const std::string link = link_base(services.base_url, scheme) + "/reset/" + mail.token;
  desk::send_notice(
      tx, services.desk, OrgId{},
      notice(reset_wording(mail.locale), mail.to, mail.locale, {mail.name, "", "", link, ""}));
}

}  // namespace tandem::api
