#include "desk/demo/stories.h"

namespace tandem::desk {

namespace {

using enum Speaker;

const std::vector<Story> first_half = {
    {"ja",
     Team::support,
     "email",
     "high",
     Ending::closed,
     "接続",
     "{product} が夜になると切れます",
     {{customer,
       "お世話になっております。\n先週から {product} の接続が毎晩切れます。電源を入れ直すと"
       "直りますが、業務に支障が出ています。ご確認をお願いいたします。"},
      {agent,
       "ご不便をおかけして申し訳ございません。状態画面の最後の行にあるファームウェアの番号を"
       "お知らせください。4.2 の場合は 4.2.1 への更新で解消します。"},
      {note, "4.2 の不具合。今週三件目。開発に連絡済み。"},
      {customer, "4.2 でしたので更新しました。昨晩は切れませんでした。ありがとうございました。"},
      {agent, "ご確認ありがとうございます。再発した場合は、このメールにそのままご返信ください。"}}},
    {"ja",
     Team::shipping,
     "email",
     "",
     Ending::closed,
     "配送",
     "注文 {order} の到着予定について",
     {{customer, "注文 {order} がまだ届いておりません。いつ頃到着する予定でしょうか。"},
      {agent,
       "お待たせしており申し訳ございません。本日倉庫を出発し、明後日の午前中にお届けする予定"
       "です。"},
      {customer, "先ほど受け取りました。ご対応ありがとうございました。"}}},
    {"ja",
     Team::receivables,
     "email",
     "medium",
     Ending::on_hold,
     "請求",
     "請求書の宛名変更のお願い",
     {{customer,
       "注文 {order} の請求書について、宛名を「株式会社」付きの正式名称に変更していただけ"
       "ますでしょうか。"},
      {agent, "承知いたしました。経理で再発行の手続きを進めております。今週中にお送りします。"},
      {note, "経理の承認待ち。"}}},
    {"ja",
     Team::support,
     "phone",
     "medium",
     Ending::closed,
     "設定",
     "初期設定の手順について",
     {{customer, "お電話にて。{product} の初期設定で、管理画面のパスワードが分からないとのこと。"},
      {agent,
       "お電話ありがとうございました。リセットボタンを十秒間押し、緑のランプが点灯したら、箱に"
       "同梱のカードに記載のパスワードをご入力ください。"},
      {customer, "無事に設定できました。助かりました。"}}},
};

const std::vector<Story> second_half = {
    {"ja",
     Team::support,
     "email",
     "high",
     Ending::open,
     "支払い",
     "注文 {order} の決済に失敗したのに請求されています",
     {{customer,
       "お世話になっております。\n\n注文 {order} "
       "の決済に失敗したと表示されましたが、カードには請求が"
       "残っています。注文は成立しているのでしょうか。"},
      {agent,
       "ご連絡ありがとうございます。決済の担当部門に確認のうえ、あらためてご連絡いたします。"},
      {helper,
       "与信枠の確保だけで、売上にはなっていません。銀行の応答が遅れたためです。5 "
       "日以内に自動で解除"
       "されます。注文は成立していません。"},
      {agent,
       "ご請求は一時的な与信枠の確保で、5 日以内に自動的に解除されます。注文 {order} "
       "は成立していませ"
       "んので、すぐに再度ご注文いただけます。"}}},
    {"ja",
     Team::shipping,
     "email",
     "urgent",
     Ending::open,
     "破損",
     "届いた商品が破損していました",
     {{customer,
       "本日届いた {product} の箱がつぶれており、電源が入りません。来週の開店に間に合うよう、"
       "至急交換をお願いできますでしょうか。"},
      {agent,
       "大変申し訳ございません。代わりの品を本日速達で発送いたします。箱は運送会社が確認します"
       "ので、保管をお願いいたします。"},
      {customer, "ありがとうございます。箱の引き取りはいつ頃になりますか。"}}},
    {"ja",
     Team::support,
     "web",
     "low",
     Ending::open,
     "要望",
     "来客用パスワードの有効期限",
     {{customer,
       "来客用のパスワードに有効期限を付けられると助かります。今後対応の予定はありますか。"},
      {agent, "貴重なご意見をありがとうございます。夏の更新で対応を予定しております。"}}},
    {"ja",
     Team::receivables,
     "email",
     "high",
     Ending::closed,
     "返金",
     "二重に引き落とされています",
     {{customer, "注文 {order} の代金がカードから二回引き落とされています。返金をお願いします。"},
      {agent,
       "ご迷惑をおかけしました。二回目の分は本日返金の手続きをいたしました。三営業日ほどで"
       "反映されます。"},
      {customer, "返金を確認しました。ありがとうございました。"}}},
    {"ja",
     Team::support,
     "social",
     "",
     Ending::closed,
     "質問",
     "二階まで電波が届きますか",
     {{customer, "木造二階建てですが、{product} 一台で二階まで届きますか。"},
      {agent,
       "木造でしたら多くの場合は一台で届きます。届きにくい場合は二台目を「延長」として追加"
       "できます。"},
      {customer, "よく分かりました。一台で試してみます。"}}},
};

}  // namespace

const std::vector<Story>& japanese_stories() {
  static const std::vector<Story> stories = [] {
    std::vector<Story> all = first_half;
    all.insert(all.end(), second_half.begin(), second_half.end());
    return all;
  }();
  return stories;
}

}  // namespace tandem::desk
