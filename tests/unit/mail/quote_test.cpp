#include "mail/quote.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tandem::mail {
namespace {

struct TextCase {
  const char* what;
  const char* text;
  const char* fresh;
  const char* signature;
  const char* quoted_start;  // Empty: nothing is quoted.
};

const TextCase text_cases[] = {
    {"nothing quoted", "Hello,\nthanks.\n", "Hello,\nthanks.", "", ""},
    {"English", "Yes.\n\nOn Wed, Nov 4, 2026 at 11:21 AM Ana <a@example.com> wrote:\n> Done?\n",
     "Yes.", "", "On Wed"},
    {"English, wrapped",
     "Yes.\n\nOn Wed, Nov 4, 2026 at 11:21 AM Ana Ruiz\n<ana@example.com> wrote:\n\n> Done?\n",
     "Yes.", "", "On Wed"},
    {"English, unmarked", "Yes.\n\nOn 4 Nov 2026, at 11:21, Ana wrote:\n\nDone?\n", "Yes.", "",
     "On 4 Nov"},
    {"German", "Ja.\n\nAm 04.11.2026 um 11:21 schrieb Ana <a@example.com>:\n> Fertig?\n", "Ja.", "",
     "Am 04.11"},
    {"French", "Oui.\n\nLe 4 nov. 2026 à 11:21, Ana <a@example.com> a écrit :\n> Fini ?\n", "Oui.",
     "", "Le 4 nov"},
    {"Portuguese",
     "Sim.\n\nEm qua., 4 de nov. de 2026 às 11:21, Ana <a@example.com> escreveu:\n> Pronto?\n",
     "Sim.", "", "Em qua."},
    {"Portuguese Outlook",
     "Sim.\n\nDe: Ana <a@example.com>\nEnviada em: quarta-feira, 4 de novembro de 2026 "
     "11:21\nPara: Suporte\nAssunto: Pronto?\n\nPronto?\n",
     "Sim.", "", "De: Ana"},
    {"Japanese", "はい。\n\n2026年11月4日(水) 11:21 山田太郎 <y@example.jp>:\n> 終わりましたか。\n",
     "はい。", "", "2026年11月4日"},
    {"Japanese, mail of",
     "はい。\n\n2026/11/04 11:21、山田太郎 <y@example.jp>のメール:\n\n> 終わりましたか。\n",
     "はい。", "", "2026/11/04"},
    {"Japanese Outlook",
     "はい。\n\n差出人: 山田\n送信日時: 2026年11月4日\n宛先: 係\n件名: 終わり\n\n本文\n", "はい。",
     "", "差出人"},
    {"Chinese", "好的。\n\n张三 <z@example.cn> 于2026年11月4日周三 11:21写道：\n> 完成了吗？\n",
     "好的。", "", "张三"},
    {"Chinese Outlook",
     "好的。\n\n发件人：张三\n发送时间：2026年11月4日 "
     "11:21\n收件人：客服\n主题：完成\n\n完成了吗？\n",
     "好的。", "", "发件人"},
    {"QQ",
     "好的。\n\n------------------ 原始邮件 ------------------\n发件人: \"张三\";\n完成了吗？\n",
     "好的。", "", "----"},
    {"Outlook",
     "Yes.\n\n-----Original Message-----\nFrom: Ana\nSent: Wednesday\nTo: Support\nSubject: "
     "x\n\nDone?\n",
     "Yes.", "", "-----Original"},
    {"Outlook, ruler",
     "Yes.\n\n________________________________\nFrom: Ana\nSent: Wednesday\nTo: Support\nSubject: "
     "x\n\nDone?\n",
     "Yes.", "", "____"},
    {"marked tail", "Yes.\n\n> Done?\n> Really?\n", "Yes.", "", "> Done?"},
    {"between the lines",
     "On Wed, Nov 4, 2026 Ana <a@example.com> wrote:\n> Done?\nYes.\n> Paid?\nNo.\n",
     "On Wed, Nov 4, 2026 Ana <a@example.com> wrote:\n> Done?\nYes.\n> Paid?\nNo.", "", ""},
    {"signature",
     "Yes.\n-- \nBo\nSupport\n\nOn Wed, Nov 4, 2026 Ana <a@example.com> wrote:\n> Done?\n", "Yes.",
     "-- \nBo\nSupport", "On Wed"},
    {"phone",
     "Yes.\n\nSent from my iPhone\n\nOn 4 Nov 2026, at 11:21, Ana <a@example.com> wrote:\n> "
     "Done?\n",
     "Yes.", "Sent from my iPhone", "On 4 Nov"},
    {"phone, Japanese", "はい。\n\niPhoneから送信\n", "はい。", "iPhoneから送信", ""},
    {"phone, Chinese", "好。\n\n发自我的iPhone\n", "好。", "发自我的iPhone", ""},
    {"a colon is no announcement", "This is what he wrote:\nnothing at all.\n",
     "This is what he wrote:\nnothing at all.", "", ""},
    {"a From line alone is none", "From: the beginning\nall was well.\n",
     "From: the beginning\nall was well.", "", ""},
    {"a forwarded mail is what was meant",
     "See below.\n\n---------- Forwarded message ---------\nFrom: Ana\nDate: Wed\nSubject: x\nTo: "
     "Bo\n\nDone?\n",
     "See below.\n\n---------- Forwarded message ---------\nFrom: Ana\nDate: Wed\nSubject: x\nTo: "
     "Bo\n\nDone?",
     "", ""},
};

TEST(Quotations, AreFoundInTextOfManyTongues) {
  for (const TextCase& c : text_cases) {
    const SplitBody split = split_quoted_text(c.text);
    EXPECT_EQ(split.fresh, c.fresh) << c.what;
    EXPECT_EQ(split.signature, c.signature) << c.what;
    EXPECT_TRUE(split.quoted.starts_with(c.quoted_start)) << c.what << ": " << split.quoted;
    EXPECT_EQ(split.quoted.empty(), std::string_view(c.quoted_start).empty()) << c.what;
  }
}

struct HtmlCase {
  const char* what;
  const char* html;
  const char* fresh;  // As text.
  const char* signature;
  const char* quoted;
};

const HtmlCase html_cases[] = {
    {"nothing quoted", "<p>Hello</p>", "Hello", "", ""},
    {"Gmail",
     "<div dir=\"ltr\">Yes.</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" "
     "class=\"gmail_attr\">On Wed, Nov 4, 2026 Ana &lt;<a "
     "href=\"mailto:a@example.com\">a@example.com</a>&gt; wrote:<br></div><blockquote "
     "class=\"gmail_quote\">Done?</blockquote></div>",
     "Yes.", "", "On Wed, Nov 4, 2026 Ana <a@example.com> wrote:\nDone?"},
    {"Apple Mail",
     "<html><body>Yes.<br><div><br><blockquote type=\"cite\"><div>On 4 Nov 2026, at 11:21, Ana "
     "&lt;a@example.com&gt; wrote:</div><br><div>Done?</div></blockquote></div></body></html>",
     "Yes.", "", "On 4 Nov 2026, at 11:21, Ana <a@example.com> wrote:\nDone?"},
    {"Thunderbird",
     "<p>Yes.</p><div class=\"moz-cite-prefix\">Am 04.11.26 um 11:21 schrieb "
     "Ana:<br></div><blockquote type=\"cite\" cite=\"mid:1\">Fertig?</blockquote>",
     "Yes.", "", "Am 04.11.26 um 11:21 schrieb Ana:\nFertig?"},
    {"Outlook on the web",
     "<div>Yes.</div><div id=\"appendonsend\"></div><hr><div "
     "id=\"divRplyFwdMsg\"><font><b>From:</b> Ana<br><b>Sent:</b> Wednesday<br><b>To:</b> "
     "Bo<br><b>Subject:</b> x</font></div><div>Done?</div>",
     "Yes.", "", "From: Ana\nSent: Wednesday\nTo: Bo\nSubject: x\nDone?"},
    {"Outlook",
     "<div class=WordSection1><p class=MsoNormal>Yes.</p><div style='border-top:solid #E1E1E1 "
     "1.0pt'><p class=MsoNormal><b>Von:</b> Ana<br><b>Gesendet:</b> Mittwoch<br><b>An:</b> "
     "Bo<br><b>Betreff:</b> x</p></div><p>Fertig?</p></div>",
     "Yes.", "", "Von: Ana\nGesendet: Mittwoch\nAn: Bo\nBetreff: x\nFertig?"},
    {"Chinese Outlook",
     "<div>好的。</div><div><b>发件人：</b>张三<br><b>发送时间：</b>周三<br><b>收件人：</"
     "b>客服<br><b>主题：</b>完成</div><p>完成了吗？</p>",
     "好的。", "", "发件人：张三\n发送时间：周三\n收件人：客服\n主题：完成\n完成了吗？"},
    {"Japanese Gmail",
     "<div>はい。</div><div class=\"gmail_quote\"><div>2026年11月4日(水) 11:21 山田 "
     "&lt;y@example.jp&gt;:</div><blockquote>終わり？</blockquote></div>",
     "はい。", "", "2026年11月4日(水) 11:21 山田 <y@example.jp>:\n終わり？"},
    {"signature",
     "<div>Yes.</div><div class=\"gmail_signature\">Bo<br>Support</div><blockquote "
     "type=cite>Done?</blockquote>",
     "Yes.", "Bo\nSupport", "Done?"},
    {"dashes", "<p>Yes.</p><p>-- <br>Bo</p>", "Yes.", "--\nBo", ""},
    {"phone", "<div>Yes.</div><div>Sent from my iPhone</div>", "Yes.", "Sent from my iPhone", ""},
    {"between the lines",
     "<blockquote type=\"cite\">Done?</blockquote><p>Yes.</p><blockquote "
     "type=\"cite\">Paid?</blockquote><p>No.</p>",
     "Done?\nYes.\nPaid?\nNo.", "", ""},
    {"forwarded",
     "<div>See</div><div class=\"gmail_quote\"><div>---------- Forwarded message "
     "---------<br>From: Ana</div>Done?</div>",
     "See\n---------- Forwarded message ---------\nFrom: Ana\nDone?", "", ""},
    {"a script says nothing", "<script>On 1 2 3 a@b.c wrote:</script><p>Yes.</p>", "Yes.", "", ""},
};

std::string plain(const std::string& html) {
  std::string text;
  for (const std::string& line : split(html_to_text(html), '\n'))
    if (!trim(line).empty()) text += (text.empty() ? "" : "\n") + std::string(trim(line));
  return text;
}

TEST(Quotations, AMailOfNothingElseIsShownWhole) {
  const std::string text = "> Done?\n> Paid?";
  EXPECT_EQ(split_quoted_text(text).fresh, text);
  EXPECT_EQ(split_quoted_text("-- \nBo").fresh, "-- \nBo");
  const std::string html = "<div class=\"gmail_quote\"><p>Done?</p></div>";
  EXPECT_EQ(split_quoted_html(html).fresh, html);
  const std::string picture = "<img src=\"cid:1\">";
  EXPECT_EQ(split_quoted_html(picture + html).fresh, picture);
}

TEST(Quotations, AreFoundInTheHtmlOfManyPrograms) {
  for (const HtmlCase& c : html_cases) {
    const SplitBody split = split_quoted_html(c.html);
    EXPECT_EQ(plain(split.fresh), c.fresh) << c.what;
    EXPECT_EQ(plain(split.signature), c.signature) << c.what;
    EXPECT_EQ(plain(split.quoted), c.quoted) << c.what;
    EXPECT_EQ(split.fresh + split.signature + split.quoted, c.html) << c.what;
  }
}

}  // namespace
}  // namespace tandem::mail
