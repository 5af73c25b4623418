#include "desk/demo/cast.h"

namespace tandem::desk {

const std::vector<DemoColleague>& demo_colleagues() {
  static const std::vector<DemoColleague> colleagues{
      {"Helena Costa", "helena@aurora.example", "administrator", {}, "en"},
      {"Kenji Watanabe", "kenji@aurora.example", "agent", {"Customer support"}, "ja"},
      {"Lin Mei", "mei@aurora.example", "agent", {"Customer support", "Shipping"}, "zh"},
      {"Rafael Souza", "rafael@aurora.example", "agent", {"Receivables"}, "pt"},
      {"Sofia Brandt", "sofia@aurora.example", "agent", {"Shipping", "Receivables"}, "en"},
      {"Tom Hughes",
       "tom@aurora.example",
       "light_agent",
       {"Customer support", "Receivables", "Shipping"},
       "en"},
  };
  return colleagues;
}

const std::vector<DemoCompany>& demo_companies() {
  static const std::vector<DemoCompany> companies{
      {"Northwind Cafés", "northwind-cafes.example", "Leeds", "United Kingdom"},
      {"Harbour Legal LLP", "harbourlegal.example", "Boston", "United States"},
      {"Maple Street Dental", "maplestreet.example", "Toronto", "Canada"},
      {"Fern & Finch Books", "fernfinch.example", "Dublin", "Ireland"},
      {"株式会社さくら商店", "sakura-shoten.example", "東京", "日本"},
      {"青葉建設株式会社", "aoba-kensetsu.example", "仙台", "日本"},
      {"みなと旅館", "minato-ryokan.example", "神戸", "日本"},
      {"有限会社ひかり印刷", "hikari-insatsu.example", "京都", "日本"},
      {"上海明远贸易有限公司", "mingyuan.example", "上海", "中国"},
      {"深圳蓝海科技", "lanhai.example", "深圳", "中国"},
      {"杭州西湖民宿", "xihu-minsu.example", "杭州", "中国"},
      {"成都天府餐饮", "tianfu.example", "成都", "中国"},
      {"Padaria Boa Vista", "boavista.example", "Recife", "Brasil"},
      {"Lima & Filhos Engenharia", "limafilhos.example", "São Paulo", "Brasil"},
      {"Pousada do Mar", "pousadadomar.example", "Porto", "Portugal"},
  };
  return companies;
}

const std::vector<DemoCustomer>& demo_customers() {
  static const std::vector<DemoCustomer> customers{
      {"Emily", "Carter", "en", 0},
      {"James", "Whitfield", "en", 0},
      {"Priya", "Nair", "en", 0},
      {"Robert", "Keane", "en", 1},
      {"Angela", "Moreno", "en", 1},
      {"David", "Okafor", "en", 2},
      {"Hannah", "Lindqvist", "en", 2},
      {"Sean", "Gallagher", "en", 3},
      {"Niamh", "Byrne", "en", 3},
      {"Oliver", "Stone", "en", 3},
      {"花子", "佐藤", "ja", 4},
      {"健一", "鈴木", "ja", 4},
      {"美咲", "高橋", "ja", 4},
      {"大輔", "田中", "ja", 5},
      {"由美", "伊藤", "ja", 5},
      {"直樹", "渡辺", "ja", 5},
      {"恵子", "山本", "ja", 6},
      {"誠", "中村", "ja", 6},
      {"真理", "小林", "ja", 7},
      {"翔太", "加藤", "ja", 7},
      {"伟", "王", "zh", 8},
      {"芳", "李", "zh", 8},
      {"秀英", "张", "zh", 8},
      {"强", "刘", "zh", 9},
      {"静", "陈", "zh", 9},
      {"磊", "杨", "zh", 9},
      {"婷", "赵", "zh", 10},
      {"洋", "黄", "zh", 10},
      {"敏", "周", "zh", 11},
      {"浩然", "吴", "zh", 11},
      {"Ana", "Ferreira", "pt", 12},
      {"João", "Pereira", "pt", 12},
      {"Mariana", "Alves", "pt", 12},
      {"Carlos", "Lima", "pt", 13},
      {"Beatriz", "Rocha", "pt", 13},
      {"Tiago", "Martins", "pt", 13},
      {"Inês", "Carvalho", "pt", 14},
      {"Rui", "Gomes", "pt", 14},
      {"Luísa", "Santos", "pt", 14},
      {"Pedro", "Nunes", "pt", 14},
  };
  return customers;
}

std::string demo_address(size_t customer) {
  const DemoCompany& company = demo_companies()[demo_customers()[customer].company];
  return "person" + std::to_string(customer + 1) + "@" + company.domain;
}

const std::vector<DemoProduct>& demo_products() {
  const std::vector<std::string> everywhere{"Customer support", "Receivables", "Shipping"};
  static const std::vector<DemoProduct> products{
      {"Aurora One", "AUR-ONE", "Router", "129.00",
       "Router for a home of up to four rooms. Firmware 4.2.1 or later.", "en", everywhere},
      {"Aurora Mesh 3", "AUR-MESH3", "メッシュWi-Fi", "289.00",
       "3台で家全体をカバーするメッシュWi-Fiセット。", "ja", everywhere},
      {"Aurora Pro", "AUR-PRO", "企业路由器", "459.00", "适合五十人以内办公室的企业级路由器。",
       "zh", everywhere},
      {"Aurora Mini", "AUR-MINI", "Repetidor", "59.00", "Repetidor de sinal para um cômodo a mais.",
       "pt", everywhere},
      {"Aurora Care",
       "AUR-CARE",
       "Service",
       "49.00",
       "A year of replacement in advance, for one device.",
       "en",
       {"Customer support", "Receivables"}},
      {"Aurora Box",
       "AUR-BOX",
       "Packaging",
       "4.50",
       "Return box with a printed label.",
       "en",
       {"Shipping"}},
  };
  return products;
}

}  // namespace tandem::desk
