#include "crm/demo/sales_cast.h"

namespace tandem::crm {

const std::vector<DemoFirm>& own_firms() {
  static const std::vector<DemoFirm> firms{
      {"Brightwater Hotels",
       "brightwater.example",
       "Brighton",
       "United Kingdom",
       "en",
       {{"Grace", "Holloway", "grace@brightwater.example"},
        {"Marcus", "Bell", "marcus@brightwater.example"}}},
      {"Cedar Valley Schools",
       "cedarvalley.example",
       "Portland",
       "United States",
       "en",
       {{"Dana", "Whitaker", "dana@cedarvalley.example"}}},
      {"北陸電設株式会社",
       "hokuriku-densetsu.example",
       "金沢",
       "日本",
       "ja",
       {{"和也", "森", "mori@hokuriku-densetsu.example"},
        {"綾", "石川", "ishikawa@hokuriku-densetsu.example"}}},
      {"すみれ不動産",
       "sumire-fudosan.example",
       "福岡",
       "日本",
       "ja",
       {{"拓海", "松本", "matsumoto@sumire-fudosan.example"}}},
      {"广州云帆物业",
       "yunfan.example",
       "广州",
       "中国",
       "zh",
       {{"丽华", "郑", "zheng@yunfan.example"}, {"志强", "何", "he@yunfan.example"}}},
      {"南京梧桐书店",
       "wutong.example",
       "南京",
       "中国",
       "zh",
       {{"雨欣", "孙", "sun@wutong.example"}}},
      {"Clínica Vida Plena",
       "vidaplena.example",
       "Curitiba",
       "Brasil",
       "pt",
       {{"Camila", "Duarte", "camila@vidaplena.example"}}},
      {"Construtora Horizonte",
       "horizonte.example",
       "Belo Horizonte",
       "Brasil",
       "pt",
       {{"Marcelo", "Teixeira", "marcelo@horizonte.example"}}},
  };
  return firms;
}

const std::vector<DemoLead>& demo_leads() {
  static const std::vector<DemoLead> leads{
      {"Owen", "Fletcher", "Fletcher & Sons Bakery", "owen@fletcherbakery.example",
       "United Kingdom", "en", "contacted", "trade_show", "retail"},
      {"Sarah", "Lindgren", "Lakeside Clinic", "sarah@lakeside.example", "United States", "en",
       "pre_qualified", "web_download", "health_care"},
      {"Victor", "Adeyemi", "Adeyemi Consulting", "victor@adeyemi.example", "Canada", "en",
       "not_contacted", "external_referral", "consulting"},
      {"Maeve", "O'Connor", "Atlantic Gym", "maeve@atlanticgym.example", "Ireland", "en",
       "attempted_to_contact", "advertisement", "hospitality"},
      {"Paul", "Jansen", "Jansen Transport", "paul@jansen.example", "Netherlands", "en",
       "not_qualified", "cold_call", "transportation"},
      {"陽子", "藤田", "藤田歯科医院", "fujita@fujita-shika.example", "日本", "ja", "contacted",
       "trade_show", "health_care"},
      {"隆", "清水", "清水製作所", "shimizu@shimizu-works.example", "日本", "ja", "pre_qualified",
       "partner", "manufacturing"},
      {"彩", "岡田", "カフェ木漏れ日", "okada@komorebi.example", "日本", "ja", "not_contacted",
       "web_research", "hospitality"},
      {"修", "長谷川", "長谷川会計事務所", "hasegawa@hasegawa-kaikei.example", "日本", "ja",
       "contact_in_future", "seminar_partner", "financial_services"},
      {"建国", "徐", "武汉长江物流", "xu@changjiang.example", "中国", "zh", "contacted",
       "external_referral", "transportation"},
      {"晓燕", "朱", "苏州园林酒店", "zhu@yuanlin.example", "中国", "zh", "pre_qualified",
       "web_download", "hospitality"},
      {"俊杰", "马", "西安古城旅行社", "ma@gucheng.example", "中国", "zh", "not_contacted", "chat",
       "other"},
      {"梅", "林", "厦门海风茶业", "lin@haifeng.example", "中国", "zh", "lost_lead", "online_store",
       "agriculture"},
      {"Fernanda", "Ribeiro", "Escola Girassol", "fernanda@girassol.example", "Brasil", "pt",
       "contacted", "employee_referral", "education"},
      {"Gustavo", "Barros", "Barros Advogados", "gustavo@barros.example", "Brasil", "pt",
       "pre_qualified", "web_download", "consulting"},
      {"Teresa", "Fonseca", "Quinta das Oliveiras", "teresa@oliveiras.example", "Portugal", "pt",
       "not_contacted", "trade_show", "agriculture"},
      {"Bruno", "Cardoso", "Cardoso Rádio", "bruno@cardosoradio.example", "Portugal", "pt",
       "junk_lead", "web_research", "media"},
  };
  return leads;
}

const std::vector<DemoGoods>& demo_goods() {
  static const std::vector<DemoGoods> goods{{"Aurora One", "AUR-ONE", 12'900},
                                            {"Aurora Mesh 3", "AUR-MESH3", 28'900},
                                            {"Aurora Pro", "AUR-PRO", 45'900},
                                            {"Aurora Mini", "AUR-MINI", 5'900},
                                            {"Aurora Fleet licence", "AUR-FLEET", 99'000}};
  return goods;
}

const SalesWords& sales_words(std::string_view language) {
  static const SalesWords english{
      {"Wi-Fi for the whole house", "Forty Aurora Pro", "Guest network", "Renewal of care"},
      {"They want one bill for all sites and a person to call.",
       "Budget is there until the end of the quarter; their IT decides.",
       "Compared us with two others; delivery time matters most."},
      {"Send the quote", "Arrange a test device", "Call their IT"},
      "First call",
      "Visit on site",
      "Send the quote",
      "network"};
  static const SalesWords japanese{
      {"全館Wi-Fi導入", "Aurora Pro 20台", "来客用ネットワーク", "保守契約の更新"},
      {"全拠点をまとめて請求してほしいとのこと。担当窓口も希望。",
       "予算は今期中。最終判断は情報システム部。", "他社二社と比較中。納期を最も重視している。"},
      {"見積書を送る", "検証機を手配する", "情報システム部に電話する"},
      "初回の電話",
      "現地訪問",
      "見積書を送る",
      "ネットワーク"};
  static const SalesWords chinese{
      {"全楼无线覆盖", "Aurora Pro 三十台", "访客网络", "续签保修服务"},
      {"希望所有门店统一开票，并有专人对接。", "预算在本季度内，由信息部门决定。",
       "正在和另外两家比较，最看重交货时间。"},
      {"发送报价", "安排测试设备", "联系信息部门"},
      "首次通话",
      "上门拜访",
      "发送报价",
      "网络"};
  static const SalesWords portuguese{
      {"Wi-Fi em todo o prédio", "Vinte Aurora Pro", "Rede para visitantes",
       "Renovação da assistência"},
      {"Querem uma só fatura para todas as unidades e um contato fixo.",
       "O orçamento vale até o fim do trimestre; quem decide é a TI.",
       "Estão comparando com outros dois; o prazo de entrega pesa mais."},
      {"Enviar a proposta", "Preparar um aparelho de teste", "Ligar para a TI"},
      "Primeira ligação",
      "Visita ao local",
      "Enviar a proposta",
      "rede"};
  if (language == "ja") return japanese;
  if (language == "zh") return chinese;
  if (language == "pt") return portuguese;
  return english;
}

}  // namespace tandem::crm
