"""Real cities of the sample programmes, with census figures and their source."""

from tourreg.demo.shapes import City

CITIES: list[City] = [
    {
        "key": "albuquerque",
        "name": {"en": "Albuquerque", "zh": "阿尔伯克基"},
        "region": {"en": "New Mexico", "zh": "新墨西哥州"},
        "country": "US",
        "zone": "America/Denver",
        "latitude": 35.0844,
        "longitude": -106.6504,
        "population": 564_559,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Mayor–council: the mayor is the chief executive, nine councilors are elected by district",
            "zh": "市长—议会制：市长为行政首长，九名议员按选区选举产生",
        },
        "summary": {
            "en": (
                "A high-desert city that uses about half as much water per person as it did in the "
                "mid-1990s. It shows how prices, rebates and a second river source were brought in "
                "together."
            ),
            "zh": "高原沙漠城市，人均用水量约为上世纪九十年代中期的一半。可了解水价、补贴与第二水源如何同步推进。",
        },
    },
    {
        "key": "alexandria",
        "name": {"en": "Alexandria", "zh": "亚历山德里亚"},
        "region": {"en": "Virginia", "zh": "弗吉尼亚州"},
        "country": "US",
        "zone": "America/New_York",
        "latitude": 38.8048,
        "longitude": -77.0469,
        "population": 159_467,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "An old Potomac port beside the national capital that adopted an Eco-City Charter in "
                "2008. Visitors see a protected historic district that still takes in new housing, "
                "offices and a rebuilt waterfront."
            ),
            "zh": (
                "毗邻美国首都的波托马克河古港，2008年通过《生态城市宪章》。历史街区受到保护，同时容纳"
                "新住宅、办公与更新后的滨水区。"
            ),
        },
    },
    {
        "key": "charlotte",
        "name": {"en": "Charlotte", "zh": "夏洛特"},
        "region": {"en": "North Carolina", "zh": "北卡罗来纳州"},
        "country": "US",
        "zone": "America/New_York",
        "latitude": 35.2271,
        "longitude": -80.8431,
        "population": 874_579,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "An early user of the balanced scorecard in city government, and a city whose office "
                "towers once agreed to be measured together. Its light-rail corridor shows what "
                "zoning does when the tracks come first."
            ),
            "zh": (
                "较早在市政管理中采用平衡计分卡的城市，市中心写字楼曾共同参与能耗监测。轻轨走廊展示了"
                "轨道先行时规划管控的作用。"
            ),
        },
    },
    {
        "key": "davenport",
        "name": {"en": "Davenport", "zh": "达文波特"},
        "region": {"en": "Iowa", "zh": "艾奥瓦州"},
        "country": "US",
        "zone": "America/Chicago",
        "latitude": 41.5236,
        "longitude": -90.5776,
        "population": 101_724,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Mayor–council with an appointed city administrator",
            "zh": "市长—议会制，另聘城市行政官主持日常工作",
        },
        "summary": {
            "en": (
                "A Mississippi town that has chosen to live beside the river without a permanent "
                "flood wall. Its plants turn sludge into power and compost, and its books on both "
                "are open."
            ),
            "zh": "密西西比河畔城市，选择不建永久性防洪墙而与河共处。污泥在这里变成电力和堆肥，相关账目可供查阅。",
        },
    },
    {
        "key": "dayton",
        "name": {"en": "Dayton", "zh": "代顿"},
        "region": {"en": "Ohio", "zh": "俄亥俄州"},
        "country": "US",
        "zone": "America/New_York",
        "latitude": 39.7589,
        "longitude": -84.1916,
        "population": 137_644,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Commission–manager, in force since 1914; the first large U.S. city to adopt it",
            "zh": "委员会—经理制，1914年起实行，为美国首个采用该制度的大城市",
        },
        "summary": {
            "en": (
                "The place where the city-manager form proved itself, after the great flood of 1913. "
                "Its protection of the well fields beneath the city has been a model for others "
                "since the 1980s."
            ),
            "zh": "1913年大洪水之后，城市经理制在此得到检验。上世纪八十年代以来的地下水源地保护做法为多地所借鉴。",
        },
    },
    {
        "key": "decatur",
        "name": {"en": "Decatur", "zh": "迪凯特"},
        "region": {"en": "Georgia", "zh": "佐治亚州"},
        "country": "US",
        "zone": "America/New_York",
        "latitude": 33.7748,
        "longitude": -84.2963,
        "population": 24_928,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Commission–manager: five commissioners appoint a city manager",
            "zh": "委员会—经理制：五名委员聘任市经理",
        },
        "summary": {
            "en": (
                "A small city beside Atlanta that built its square, its schools and its housing "
                "around a rail station. It is the right size to see a whole administration in two "
                "days."
            ),
            "zh": (
                "亚特兰大近旁的小城，广场、学校与住宅围绕轨道车站布局。规模适中，两天即可看清一座城市的全部行政运作。"
            ),
        },
    },
    {
        "key": "dubuque",
        "name": {"en": "Dubuque", "zh": "迪比克"},
        "region": {"en": "Iowa", "zh": "艾奥瓦州"},
        "country": "US",
        "zone": "America/Chicago",
        "latitude": 42.5006,
        "longitude": -90.6646,
        "population": 59_667,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "A river town that uncovered a buried creek to end its floods and made a park of it. "
                "Its sustainability plan of 2006 was written with residents and still steers the "
                "budget."
            ),
            "zh": (
                "河畔小城，将暗渠重新打开以消除内涝，并建成公园。2006年与居民共同编制的可持续发展规划至今仍指导预算。"
            ),
        },
    },
    {
        "key": "durham",
        "name": {"en": "Durham", "zh": "达勒姆"},
        "region": {"en": "North Carolina", "zh": "北卡罗来纳州"},
        "country": "US",
        "zone": "America/New_York",
        "latitude": 35.994,
        "longitude": -78.8986,
        "population": 283_506,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "Tobacco warehouses became offices, homes and a theatre district without losing "
                "their brick. Residents decide on part of the capital budget by vote."
            ),
            "zh": "昔日烟草仓库保留红砖外貌，改作办公、住宅与剧场区。部分建设资金由居民投票决定用途。",
        },
    },
    {
        "key": "fort-collins",
        "name": {"en": "Fort Collins", "zh": "柯林斯堡"},
        "region": {"en": "Colorado", "zh": "科罗拉多州"},
        "country": "US",
        "zone": "America/Denver",
        "latitude": 40.5853,
        "longitude": -105.0844,
        "population": 169_810,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "The city owns its electric, water and storm-water utilities, so policy and pipe are "
                "in one hand. Homeowners repay energy work on the monthly utility bill."
            ),
            "zh": "供电、供水与雨水设施均归市属，政策与管网一体管理。居民的节能改造款可随每月水电账单分期偿还。",
        },
    },
    {
        "key": "kansas-city",
        "name": {"en": "Kansas City", "zh": "堪萨斯城"},
        "region": {"en": "Missouri", "zh": "密苏里州"},
        "country": "US",
        "zone": "America/Chicago",
        "latitude": 39.0997,
        "longitude": -94.5786,
        "population": 508_090,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "Gardens and ponds take part of the storm water that larger sewers would have "
                "carried. Its streetcar charges no fare and is paid for by a district along its line."
            ),
            "zh": "以雨水花园和滞留塘分担原需扩建下水道承接的雨水。有轨电车免费乘坐，费用由沿线交通发展区承担。",
        },
    },
    {
        "key": "las-cruces",
        "name": {"en": "Las Cruces", "zh": "拉斯克鲁塞斯"},
        "region": {"en": "New Mexico", "zh": "新墨西哥州"},
        "country": "US",
        "zone": "America/Denver",
        "latitude": 32.3199,
        "longitude": -106.7637,
        "population": 111_385,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "A dry valley town on the Rio Grande with sun on most days and little money to "
                "waste. It shows low-cost solar roofs, shade and water reuse at a scale that others "
                "can copy."
            ),
            "zh": "格兰德河谷干旱小城，日照充足而财力有限。低成本的屋顶光伏、遮荫与再生水做法便于其他城市借鉴。",
        },
    },
    {
        "key": "long-beach",
        "name": {"en": "Long Beach", "zh": "长滩"},
        "region": {"en": "California", "zh": "加利福尼亚州"},
        "country": "US",
        "zone": "America/Los_Angeles",
        "latitude": 33.7701,
        "longitude": -118.1937,
        "population": 466_742,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "The city owns one of the busiest ports of the United States and adopted a green "
                "port policy for it in 2005. Shore power, clean trucks and port money for the "
                "neighbours are all on view."
            ),
            "zh": (
                "市属港口为美国最繁忙的港口之一，2005年出台绿色港口政策。岸电、清洁货车与惠及周边社区"
                "的港口资金均可考察。"
            ),
        },
    },
    {
        "key": "phoenix",
        "name": {"en": "Phoenix", "zh": "菲尼克斯"},
        "region": {"en": "Arizona", "zh": "亚利桑那州"},
        "country": "US",
        "zone": "America/Phoenix",
        "latitude": 33.4484,
        "longitude": -112.074,
        "population": 1_608_139,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "A very hot city with an office whose only task is heat. Light rail, shaded walks "
                "and cool pavement are tested street by street, with results published."
            ),
            "zh": "酷热之城，设有专司应对高温的部门。轻轨、遮荫步道与降温路面逐街试验，结果公开。",
        },
    },
    {
        "key": "san-antonio",
        "name": {"en": "San Antonio", "zh": "圣安东尼奥"},
        "region": {"en": "Texas", "zh": "得克萨斯州"},
        "country": "US",
        "zone": "America/Chicago",
        "latitude": 29.4241,
        "longitude": -98.4936,
        "population": 1_434_625,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "City-owned electricity, gas and water make it a full course in public utilities. "
                "Its River Walk began as flood control and its recycled-water network is among the "
                "largest in the country."
            ),
            "zh": (
                "电力、燃气与供水均为市属，堪称公用事业的完整课堂。滨河步道源于防洪工程，再生水管网规模居全美前列。"
            ),
        },
    },
    {
        "key": "tacoma",
        "name": {"en": "Tacoma", "zh": "塔科马"},
        "region": {"en": "Washington", "zh": "华盛顿州"},
        "country": "US",
        "zone": "America/Los_Angeles",
        "latitude": 47.2529,
        "longitude": -122.4443,
        "population": 219_346,
        "population_source": {
            "en": "U.S. Census Bureau, decennial census, 1 April 2020",
            "zh": "美国人口普查局，2020年十年一次人口普查（2020年4月1日）",
        },
        "government": {
            "en": "Council–manager: the elected council sets policy and appoints a city manager",
            "zh": "议会—经理制：民选议会制定政策，聘任市经理主持行政",
        },
        "summary": {
            "en": (
                "Publicly owned water power since 1893, and a working waterfront that was cleaned "
                "parcel by parcel. Warehouses of the railway age now hold a university."
            ),
            "zh": "自1893年起拥有市属水电，工业滨水区逐块治理修复。铁路时代的仓库如今是大学校园。",
        },
    },
    {
        "key": "beijing",
        "name": {"en": "Beijing", "zh": "北京"},
        "region": {"en": "Beijing Municipality", "zh": "北京市"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 39.9042,
        "longitude": 116.4074,
        "population": 21_893_095,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Municipality directly under the central government",
            "zh": "直辖市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "Lanes of the old city are repaired house by house, with the residents at the table. "
                "The banks of the Liangma River show a sewerage ditch become an evening promenade."
            ),
            "zh": "老城胡同逐院修缮，居民共同商议。亮马河两岸由排水渠变为市民夜间散步的去处。",
        },
    },
    {
        "key": "haikou",
        "name": {"en": "Haikou", "zh": "海口"},
        "region": {"en": "Hainan", "zh": "海南省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 20.044,
        "longitude": 110.1999,
        "population": 2_873_358,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Prefecture-level city; the people’s congress elects the mayor",
            "zh": "地级市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A tropical port that gave a straightened river back its bends and mangroves. It is "
                "one of the first cities accredited under the wetland convention."
            ),
            "zh": "热带港城，为裁弯取直的河道恢复了弯曲岸线与红树林。系首批国际湿地城市之一。",
        },
    },
    {
        "key": "hangzhou",
        "name": {"en": "Hangzhou", "zh": "杭州"},
        "region": {"en": "Zhejiang", "zh": "浙江省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 30.2741,
        "longitude": 120.1551,
        "population": 11_936_010,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Sub-provincial city; the people’s congress elects the mayor",
            "zh": "副省级城市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A wetland park inside the city and a lake that everybody may walk round free of "
                "charge. Waste is sorted at the door, and each district knows its weight."
            ),
            "zh": "城中有湿地，西湖环湖免费开放。垃圾在家门口分类，各区减量成效逐一核算。",
        },
    },
    {
        "key": "pingyao",
        "name": {"en": "Pingyao", "zh": "平遥"},
        "region": {"en": "Shanxi", "zh": "山西省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 37.1896,
        "longitude": 112.1763,
        "population": 450_697,
        "population_source": {
            "en": "Jinzhong Bureau of Statistics, Seventh National Population Census, 1 November 2020, whole county",
            "zh": "晋中市统计局，第七次全国人口普查（2020年11月1日零时），县域常住人口",
        },
        "government": {
            "en": "County; the county people’s congress elects the county head",
            "zh": "县，县长由县人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A walled town of the Ming and Qing dynasties in which thousands of people still "
                "live. A subsidy pays owners part of the repair of their own courtyards."
            ),
            "zh": "明清古城，至今仍有数千户居民在城墙内生活。民居修缮实行补助，由政府与房主共同出资。",
        },
    },
    {
        "key": "quanzhou",
        "name": {"en": "Quanzhou", "zh": "泉州"},
        "region": {"en": "Fujian", "zh": "福建省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 24.8741,
        "longitude": 118.6757,
        "population": 8_782_285,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Prefecture-level city; the people’s congress elects the mayor",
            "zh": "地级市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A world port of the Song and Yuan dynasties whose temples, mosque and bridges stand "
                "in everyday streets. The city repairs by small projects and keeps the shops that "
                "people use."
            ),
            "zh": (
                "宋元时期的世界海洋商贸中心，寺庙、清真寺与古桥就在日常街巷之中。更新以小项目推进，留住居民常用的店铺。"
            ),
        },
    },
    {
        "key": "shanghai",
        "name": {"en": "Shanghai", "zh": "上海"},
        "region": {"en": "Shanghai Municipality", "zh": "上海市"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 31.2304,
        "longitude": 121.4737,
        "population": 24_870_895,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Municipality directly under the central government",
            "zh": "直辖市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "Forty-two kilometres of the banks of Suzhou Creek were joined, one gate at a time. "
                "Former works and warehouses along the Huangpu now hold museums and parks."
            ),
            "zh": "苏州河中心城区段四十二公里岸线逐段贯通。黄浦江畔的旧厂房、旧仓库变为美术馆与公园。",
        },
    },
    {
        "key": "shenzhen",
        "name": {"en": "Shenzhen", "zh": "深圳"},
        "region": {"en": "Guangdong", "zh": "广东省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 22.5431,
        "longitude": 114.0579,
        "population": 17_560_061,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Sub-provincial city; the people’s congress elects the mayor",
            "zh": "副省级城市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A city that tests rules before the country writes them, from service hotlines to "
                "performance reports. Its whole bus fleet has run on electricity since 2017."
            ),
            "zh": "先行先试之城，从政务热线到绩效报告，不少制度在此试点。公交车自2017年起全部电动化。",
        },
    },
    {
        "key": "suzhou",
        "name": {"en": "Suzhou", "zh": "苏州"},
        "region": {"en": "Jiangsu", "zh": "江苏省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 31.2989,
        "longitude": 120.5853,
        "population": 12_748_262,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Prefecture-level city; the people’s congress elects the mayor",
            "zh": "地级市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "Canals, lanes and gardens kept as one fabric beside a large industrial park. Old "
                "houses are let to new uses under a protection code with teeth."
            ),
            "zh": "水巷、街坊与园林整体保护，与现代产业园区相邻而处。古建老宅依保护条例引入新用途，管控有力。",
        },
    },
    {
        "key": "wuhan",
        "name": {"en": "Wuhan", "zh": "武汉"},
        "region": {"en": "Hubei", "zh": "湖北省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 30.5928,
        "longitude": 114.3055,
        "population": 12_326_518,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Sub-provincial city; the people’s congress elects the mayor",
            "zh": "副省级城市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "The Yangtze, the Han and some 166 lakes make drainage the first task of the city. "
                "Its pilot districts show which sponge-city measures paid off and which did not."
            ),
            "zh": (
                "长江、汉江与一百六十六个湖泊，使排水防涝成为城市首要课题。试点片区展示了海绵城市措施的成效与不足。"
            ),
        },
    },
    {
        "key": "xiamen",
        "name": {"en": "Xiamen", "zh": "厦门"},
        "region": {"en": "Fujian", "zh": "福建省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 24.4798,
        "longitude": 118.0894,
        "population": 5_163_970,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Sub-provincial city; the people’s congress elects the mayor",
            "zh": "副省级城市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "Yundang Lake, once a dead lagoon in the middle of the city, has been cleaned for "
                "more than thirty years under one plan. Walkways above the streets and along the "
                "coast join hill and sea."
            ),
            "zh": "筼筜湖曾是城中死水，三十余年一张蓝图治理至今。空中步道与滨海步道连山通海。",
        },
    },
    {
        "key": "xian",
        "name": {"en": "Xi’an", "zh": "西安"},
        "region": {"en": "Shaanxi", "zh": "陕西省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 34.3416,
        "longitude": 108.9398,
        "population": 12_952_907,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Sub-provincial city; the people’s congress elects the mayor",
            "zh": "副省级城市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A wall of nearly fourteen kilometres is a public walk, and the park at its foot "
                "belongs to the neighbours. The Chan and Ba rivers were turned from gravel pits into "
                "wetland."
            ),
            "zh": "近十四公里的城墙成为公共步道，墙根下的环城公园属于街坊邻里。浐河、灞河由采砂场变为湿地。",
        },
    },
    {
        "key": "yangzhou",
        "name": {"en": "Yangzhou", "zh": "扬州"},
        "region": {"en": "Jiangsu", "zh": "江苏省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 32.3936,
        "longitude": 119.4127,
        "population": 4_559_797,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Prefecture-level city; the people’s congress elects the mayor",
            "zh": "地级市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A canal city of 2,500 years that received the UN-Habitat Scroll of Honour for its "
                "care of the old town. Sanwan, once a bank of chemical works, is now a wetland park."
            ),
            "zh": "建城两千五百年的运河城市，因古城保护与人居环境获联合国人居奖。三湾昔日化工厂聚集，今为湿地公园。",
        },
    },
    {
        "key": "zhuhai",
        "name": {"en": "Zhuhai", "zh": "珠海"},
        "region": {"en": "Guangdong", "zh": "广东省"},
        "country": "CN",
        "zone": "Asia/Shanghai",
        "latitude": 22.271,
        "longitude": 113.5767,
        "population": 2_439_585,
        "population_source": {
            "en": (
                "National Bureau of Statistics of China, Seventh National Population Census, 1 "
                "November 2020, whole municipality"
            ),
            "zh": "国家统计局，第七次全国人口普查（2020年11月1日零时），市域常住人口",
        },
        "government": {
            "en": "Prefecture-level city; the people’s congress elects the mayor",
            "zh": "地级市，市长由市人民代表大会选举产生",
        },
        "summary": {
            "en": (
                "A coastal city that built sponge-city rules into its land sales. Repaired mangroves "
                "and an open shore protect it from typhoon surges."
            ),
            "zh": "滨海城市，将海绵城市要求写入土地出让条件。修复的红树林与开放岸线有助于抵御台风风暴潮。",
        },
    },
]
