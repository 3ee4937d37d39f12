// Values in, PDF or dots out (cairo + pango, the same fonts as the screen). No personal data is
// kept; the caller owns the bytes. Callable from any thread. Faults: InternalError with the
// library's word.
#pragma once

#include "base/bytes.hpp"
#include "base/locale.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/picture.hpp"
#include "domain/strokes.hpp"

#include <string>
#include <vector>

namespace documents {

struct LabelledText {
    std::string label, value;
    bool strong = false;
};

struct Pdf {
    base::Secret<base::Bytes> bytes;
    int pages = 0;
};

using Pictures = std::vector<base::Secret<domain::Picture>>;

// The slip: one page. Nothing in it names a person but the masked name the caller gives.
struct ReceiptDocument {
    base::Locale locale = base::Locale::zh;
    bool training = true;        // prints 演示 across the page
    std::string organisation;    // 示例县政务服务中心
    std::string title;           // 材料封存回执
    std::string state_sentence;  // 已封存在本机，尚未送达
    std::vector<std::string> explanation;
    std::vector<LabelledText> rows;  // the local number is strong
    std::string qr_text;
    std::vector<std::string> qr_caption;
    std::vector<std::string> footer;  // telephone, hours
    std::string job = "receipt";      // how ledger and log call it: receipt, bill
};
base::Result<Pdf> render_receipt(const ReceiptDocument& document);
// The same on a strip of paper `dots` wide (384 on 58 mm, 576 on 80 mm, 8 dots a millimetre), as
// long as it needs to be: black or white, for a receipt printer.
base::Result<base::Secret<domain::BitPicture>> render_slip(const ReceiptDocument& document,
                                                           int dots);

// The commitment letter: three parts, the application inside it, the ticked clauses, the signature.
struct LetterClause {
    std::string text;
    bool ticked = false;
};
struct LetterDocument {
    base::Locale locale = base::Locale::zh;
    bool training = true;
    std::string organisation;
    std::string title;  // 告知承诺书
    std::string item_name;
    std::string basis;  // 依据：… 模板版本
    std::string conditions_heading;
    std::vector<std::string> conditions;  // part one
    std::string consequences_heading;
    std::vector<std::string> consequences;  // part two
    std::string application_heading;
    std::vector<LabelledText> application;  // part three: the form as reviewed
    std::string clauses_heading;            // 我郑重承诺
    std::vector<LetterClause> clauses;
    std::string choice;  // 我愿意承诺 / 按一般程序办
    std::string signature_label;
    base::Secret<domain::Strokes> signature;
    std::string confirmed_text{};  // in place of a signature: heard and confirmed, and when
    base::Secret<domain::GreyPicture> thumb_print{};  // in place of a signature
    // A mark stands in place of the signature; who saw it being made, and their signature.
    std::string witness_label{}, witness_text{};
    base::Secret<domain::Strokes> witness_signature{};
    std::string date_text;
    std::string reference;  // sub_id and terminal, small
};
base::Result<Pdf> render_letter(const LetterDocument& document);
// The same pages to look at, each `width_px` wide.
base::Result<Pictures> picture_letter(const LetterDocument& document, int width_px);

// 一次性告知: what is needed, to take home. A4, as many pages as it takes; names nobody.
struct NoticeSection {
    std::string heading;
    std::vector<LabelledText> rows;
    bool on_strips = true;  // left out where the paper is narrow and short
};
struct NoticeDocument {
    base::Locale locale = base::Locale::zh;
    bool training = true;
    std::string organisation;
    std::string title;  // 一次性告知单
    std::string item_name;
    std::string version;    // 事项编码、指南版本
    std::string statement;  // 按您的回答，需要这些材料
    std::vector<std::string> explanation;
    std::vector<NoticeSection> sections;
    std::string qr_text;  // opens the guide on a telephone; empty = no code
    std::vector<std::string> qr_caption;
    std::vector<std::string> footer;  // telephone, hours; when and where it was printed
};
base::Result<Pdf> render_notice(const NoticeDocument& document);
base::Result<base::Secret<domain::BitPicture>> render_notice_slip(const NoticeDocument& document,
                                                                  int dots);

// 一区一码: names and codes in a grid, to be cut out or hung up. A4.
struct CodeSheetEntry {
    std::string name, note, qr_text;
};
struct CodeSheetDocument {
    bool training = true;
    std::string organisation, title, note;
    std::vector<CodeSheetEntry> entries;
    std::string footer;
};
base::Result<Pdf> render_code_sheet(const CodeSheetDocument& document);

// How a terminal is, for who looks after it: A4, as many pages as it takes, what is wrong first.
enum class Tone { good, attention, bad, plain };
struct ReportLine {
    std::string mark;  // 通过
    Tone tone = Tone::plain;
    std::string title;  // 读卡器
    std::string text;   // what was found
    std::string note;   // what to do; small: when and by whom it was judged
};
struct ReportSection {
    std::string heading;
    std::vector<ReportLine> lines;
};
struct ReportDocument {
    bool training = true;
    std::string organisation;
    std::string title;       // 终端验收记录
    std::string conclusion;  // 可以投入使用
    Tone tone = Tone::good;
    std::vector<LabelledText> facts;  // terminal, time, version
    std::vector<ReportSection> sections;
    std::string footer;  // the record's number and signature, small, on every page
};
base::Result<Pdf> render_report(const ReportDocument& document);

// A QR code as modules: size × size, true = dark. Error correction M.
struct QrModules {
    int size = 0;
    std::vector<bool> dark;
};
base::Result<QrModules> qr_modules(const std::string& text);

}  // namespace documents
