// Handwriting by zinnia and the simplified Chinese model of the Tegaki project (6 763 characters of
// GB 2312). A key that comes before the model is loaded waits for it.
#pragma once

#include "ui/ime/handwriting.hpp"

#include <filesystem>
#include <memory>

namespace ui::ime {

// Where Debian's tegaki-zinnia-simplified-chinese puts it.
inline constexpr const char* handwriting_model =
    "/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model";

class ZinniaHandwriting final : public Handwriting {
  public:
    explicit ZinniaHandwriting(std::filesystem::path model = handwriting_model);
    ~ZinniaHandwriting() override;

    void prepare() override;
    void finish_preparing() override;
    bool offered() override;
    std::vector<std::string> recognise(const domain::Strokes& strokes, std::size_t most) override;

  private:
    struct Model;
    std::unique_ptr<Model> model_;
};

}  // namespace ui::ime
