#include "offline/intake/paying/cashier_commands.hpp"

#include "offline/intake/paying/order_book.hpp"

namespace offline::intake {

base::Result<std::string> cashier_text(const Site& site, CashierAct act,
                                       const std::string& order_no, base::Instant now) {
    if (site.realm != domain::Realm::training)
        return base::fail(base::FaultCode::RealmMismatch,
                          "in service the province's cashier is to be connected");
    auto book = TRY(OrderBook::open(site.folder));
    std::string out;
    switch (act) {
        case CashierAct::pay:
            TRY_STATUS(book.pay(order_no, now));
            break;
        case CashierAct::fail:
            TRY_STATUS(book.fail(order_no));
            break;
        case CashierAct::list:
            for (const auto& order : TRY(book.all()))
                out += order.order_no + " " + std::string(domain::name(order.state)) + " " +
                       order.fee_no + "\n";
            break;
    }
    return out;
}

}  // namespace offline::intake
