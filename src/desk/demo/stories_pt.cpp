#include "desk/demo/stories.h"

namespace tandem::desk {

namespace {

using enum Speaker;

const std::vector<Story> first_half = {
    {"pt",
     Team::support,
     "email",
     "high",
     Ending::closed,
     "Conexão",
     "{product} cai toda noite",
     {{customer,
       "Olá,\n\ndesde sábado o nosso {product} perde a conexão toda noite, por volta das oito. "
       "Só "
       "volta quando tiramos da tomada. Vocês conhecem esse problema?\n\nObrigado"},
      {agent,
       "Obrigado por escrever. Na última linha da página de status, qual é a versão do firmware? "
       "A 4.2 reinicia à noite, e a 4.2.1 corrige isso."},
      {note, "Terceiro caso com a 4.2 nesta semana. O laboratório já sabe."},
      {customer, "Era a 4.2. Atualizei e ontem não caiu mais. Muito obrigado!"},
      {agent, "Que bom! Vou encerrar o chamado; se voltar a acontecer, é só responder aqui."}}},
    {"pt",
     Team::shipping,
     "email",
     "",
     Ending::closed,
     "Entrega",
     "Onde está o pedido {order}?",
     {{customer,
       "Bom dia, o pedido {order} deveria ter chegado na terça e o rastreio não muda há quatro "
       "dias. Podem verificar?"},
      {agent,
       "Peço desculpas pela demora. Faltava um documento da alfândega, que enviamos hoje cedo. A "
       "entrega deve ocorrer em até dois dias."},
      {customer, "Acabou de chegar, tudo certo. Obrigada!"}}},
    {"pt",
     Team::receivables,
     "email",
     "medium",
     Ending::closed,
     "Fatura",
     "Cobrança em dobro do pedido {order}",
     {{customer,
       "Olá, fomos cobrados duas vezes pelo pedido {order}. Por favor, estornem uma das "
       "cobranças."},
      {note, "A segunda cobrança foi uma repetição após falha. Banco confirmou."},
      {agent,
       "Você tem razão, desculpe. O estorno foi feito hoje e aparece em até três dias úteis."},
      {customer, "O valor já voltou. Obrigado pela rapidez."}}},
    {"pt",
     Team::receivables,
     "phone",
     "",
     Ending::on_hold,
     "Fatura",
     "Segunda via da nota fiscal",
     {{customer, "Cliente ligou pedindo a segunda via da nota fiscal do pedido {order}."},
      {agent, "Já solicitamos a segunda via. Ela segue por e-mail até sexta-feira."}}},
};

const std::vector<Story> second_half = {
    {"pt",
     Team::support,
     "email",
     "high",
     Ending::open,
     "Pagamento",
     "Pagamento do pedido {order} falhou, mas o cartão foi cobrado",
     {{customer,
       "Olá,\n\na loja avisou que o pagamento do pedido {order} falhou, mas a cobrança aparece no "
       "meu cartão. O pedido foi feito ou não?"},
      {agent,
       "Obrigado por avisar. Vou consultar os colegas que cuidam dos pagamentos e escrevo assim "
       "que eles verificarem."},
      {helper,
       "O valor está só reservado, não foi cobrado: a resposta do banco chegou tarde. Volta "
       "sozinho "
       "em até cinco dias. O pedido não foi feito."},
      {agent,
       "O valor está apenas reservado e volta para o seu cartão em até cinco dias. O pedido "
       "{order} "
       "não foi feito; você já pode pedir de novo."}}},
    {"pt",
     Team::support,
     "web",
     "low",
     Ending::open,
     "Sugestão",
     "Senha de visitante com prazo",
     {{customer,
       "Alugamos quartos e gostaríamos de senhas de visitante no {product} que expirem sozinhas. "
       "Há previsão?"},
      {agent, "Está previsto para a próxima versão. Avisaremos por aqui quando houver novidade."}}},
    {"pt",
     Team::shipping,
     "email",
     "urgent",
     Ending::open,
     "Avaria",
     "Caixa amassada, dois aparelhos não ligam",
     {{customer,
       "A caixa do pedido {order} chegou amassada e dois {product} não ligam. Inauguramos a loja "
       "na segunda e precisamos deles!"},
      {agent,
       "Sinto muito. Dois aparelhos novos saem hoje à tarde por expresso. Guarde a caixa, por "
       "favor: a transportadora vai buscá-la."},
      {customer, "Obrigada. Ainda não vieram buscar a caixa; quando será?"}}},
    {"pt",
     Team::support,
     "email",
     "medium",
     Ending::closed,
     "Configuração",
     "Não consigo entrar na página de configuração",
     {{customer, "A página do {product} pede uma senha que não está na etiqueta. O que faço?"},
      {agent,
       "Segure o botão de reset por dez segundos, espere a luz verde e use a senha do cartão que "
       "veio na caixa."},
      {customer, "Funcionou! Obrigado."}}},
    {"pt",
     Team::support,
     "email",
     "high",
     Ending::open,
     "Segurança",
     "Aparelho desconhecido na nossa rede",
     {{customer,
       "Apareceu na lista um aparelho chamado \"android-7f3\" que ninguém conhece. Fomos "
       "invadidos?"},
      {agent,
       "Quase sempre é um celular com nome aleatório. Troque a senha na página Segurança: os "
       "conhecidos pedem a nova, o desconhecido fica de fora. Se voltar, me avise."}}},
};

}  // namespace

const std::vector<Story>& portuguese_stories() {
  static const std::vector<Story> stories = [] {
    std::vector<Story> all = first_half;
    all.insert(all.end(), second_half.begin(), second_half.end());
    return all;
  }();
  return stories;
}

}  // namespace tandem::desk
