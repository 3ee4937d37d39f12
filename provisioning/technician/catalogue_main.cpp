#include "provisioning/technician/catalogue_main.hpp"

#include "provisioning/catalogue_tools/commands.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace provisioning::technician {

namespace {

namespace tools = catalogue_tools;

struct Asked {
    std::string pack, after, item, key, out, topic;
    bool json = false, english = false;
};

}  // namespace

std::function<CatalogueCommand()> add_catalogue(CLI::App& options, const Say& say,
                                                const Say& complain) {
    const auto asked = std::make_shared<Asked>();
    auto* catalogue = options.add_subcommand(
        "catalogue", "事项包：检查、看内容、和旧的比较、签名；不碰设备，不用配置文件");
    catalogue->require_subcommand(1);

    auto* lint = catalogue->add_subcommand("lint", "列出全部问题：在哪一行、要什么、怎么改");
    auto* show = catalogue->add_subcommand("show", "看包里有什么；写编码就看整个事项");
    auto* diff = catalogue->add_subcommand("diff", "发布前看新旧两个包差在哪里，能不能发布");
    auto* sign = catalogue->add_subcommand("sign", "检查后给 pack.json 签名，写 pack.sig");
    auto* codes = catalogue->add_subcommand("codes", "办事指南的二维码，排成 A4 的一张，供张贴");
    for (auto* one : {lint, show})
        one->add_option("pack", asked->pack, "事项包的文件夹或 pack.json")->required();
    lint->add_flag("--json", asked->json, "给程序看的：一行 JSON");
    show->add_option("item", asked->item, "事项的基本编码");
    show->add_flag("--english", asked->english, "同时写出英文");
    diff->add_option("before", asked->pack, "已发布的事项包")->required();
    diff->add_option("after", asked->after, "要发布的事项包")->required();
    sign->add_option("folder", asked->pack, "pack.json 所在的文件夹")->required();
    sign->add_option("--key", asked->key, "事项包签名密钥的文件；用完即忘")->required();

    codes->add_option("pack", asked->pack, "事项包的文件夹或 pack.json")->required();
    codes->add_option("--out", asked->out, "写成的 PDF；已有的文件不覆盖")->required();
    codes->add_option("--topic", asked->topic, "只要这个主题的（主题编号）");

    return [=]() -> CatalogueCommand {
        if (!catalogue->parsed()) return {};
        return [=] {
            const base::SystemClock clock;
            if (lint->parsed()) return tools::lint(asked->pack, asked->json, clock, say, complain);
            if (show->parsed())
                return tools::show(asked->pack, asked->item, asked->english, clock, say, complain);
            if (diff->parsed()) return tools::diff(asked->pack, asked->after, clock, say, complain);
            if (codes->parsed())
                return tools::codes(asked->pack, asked->topic, asked->out, clock, say, complain);
            return tools::sign(asked->pack, asked->key, clock, say, complain);
        };
    };
}

}  // namespace provisioning::technician
