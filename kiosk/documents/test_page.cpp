#include "documents/test_page.hpp"

namespace documents {

ReceiptDocument test_page(bool training, const std::string& code) {
    ReceiptDocument page;
    page.training = training;
    page.organisation = "打印测试";
    page.title = "测试页";
    page.state_sentence = "这张纸不是凭证";
    // Characters that the fonts of a plain system lack, ambiguous ones, and long words.
    page.rows = {{"生僻字", "𠅤 𬱖 㛃 䶮 龘", true},
                 {"易混字", "0O 1Il 8B 己已巳", false},
                 {"符号", "￥1,234.56 · “”《》—", false}};
    page.qr_text = code.empty() ? "CWG1:TEST" : code;
    page.qr_caption = {"上面的码应当能扫"};
    if (!code.empty()) page.qr_caption.push_back(code);
    page.footer = {"边框完整、字迹清楚，才算合格"};
    return page;
}

}  // namespace documents
